from .security_headers import https
