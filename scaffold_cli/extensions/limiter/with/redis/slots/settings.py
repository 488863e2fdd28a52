# Unless another server counts, the application's Redis does.
RATELIMIT_STORAGE_URI = RATELIMIT_STORAGE_URI or with_certificates(
    env.str("REDIS_URL", ""), REDIS_SSL_CERT_REQS
)
