# Unless another server counts, the application's Redis does.
RATELIMIT_STORAGE_URI = RATELIMIT_STORAGE_URI or server_url(
    REDIS_URL, REDIS_SSL_CERT_REQS
)
