# Unless there is another server, events reach visitors through the application's Redis.
SOCKETIO_MESSAGE_QUEUE = SOCKETIO_MESSAGE_QUEUE or server_url(
    REDIS_URL, REDIS_SSL_CERT_REQS
)
