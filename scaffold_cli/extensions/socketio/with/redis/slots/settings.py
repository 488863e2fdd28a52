# Events of commands and tasks reach visitors through the application's Redis.
SOCKETIO_MESSAGE_QUEUE = with_certificates(
    env.str("REDIS_URL", ""), REDIS_SSL_CERT_REQS
)
