# Unless another server keeps sessions, the application's Redis does.
SESSION_REDIS_URL = SESSION_REDIS_URL or server_url(REDIS_URL, REDIS_SSL_CERT_REQS)
