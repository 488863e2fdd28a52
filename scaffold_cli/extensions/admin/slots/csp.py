"admin": {"img-src": ["'self'", "data:"]},
"admin_pages": {"img-src": ["'self'", "data:"]},
"admin_users": {"img-src": ["'self'", "data:"]},
