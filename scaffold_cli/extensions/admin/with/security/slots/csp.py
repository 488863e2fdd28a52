"admin_roles": {"img-src": ["'self'", "data:"]},
