"admin_administrators": {"img-src": ["'self'", "data:"]},
