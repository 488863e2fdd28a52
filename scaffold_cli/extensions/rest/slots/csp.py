"api_docs": {"img-src": ["'self'", "data:"]},
