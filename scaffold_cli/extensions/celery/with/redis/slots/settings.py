# Unless there is another broker, tasks wait in the application's Redis.
CELERY_BROKER_URL = CELERY_BROKER_URL or server_url(REDIS_URL, REDIS_SSL_CERT_REQS)
