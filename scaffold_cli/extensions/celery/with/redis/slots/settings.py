# Unless there is another broker, tasks wait in the application's Redis.
CELERY_BROKER_URL = CELERY_BROKER_URL or with_certificates(
    env.str("REDIS_URL", ""), REDIS_SSL_CERT_REQS
)
