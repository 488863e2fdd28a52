# Unless there is another server, events reach visitors through the application's Redis.
SOCKETIO_MESSAGE_QUEUE = SOCKETIO_MESSAGE_QUEUE or with_certificates(
    env.str("REDIS_URL", ""), REDIS_SSL_CERT_REQS
)
