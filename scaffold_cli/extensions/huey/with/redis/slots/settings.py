# Unless there is another queue, tasks wait in the application's Redis.
HUEY_URL = HUEY_URL or server_url(REDIS_URL, REDIS_SSL_CERT_REQS)
