# Unless another server is the cache, the application's Redis is.
CACHE_REDIS_URL = CACHE_REDIS_URL or server_url(REDIS_URL, REDIS_SSL_CERT_REQS)
