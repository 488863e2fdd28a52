# Unless there is another server, tasks wait in the application's Redis.
RQ_REDIS_URL = RQ_REDIS_URL or server_url(REDIS_URL, REDIS_SSL_CERT_REQS)
