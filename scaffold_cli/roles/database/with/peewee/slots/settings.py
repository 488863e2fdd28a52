# A connection is made anew when it is old; who finds none free waits a little.
DATABASE_OPTIONS = {
    "max_connections": DATABASE_POOL_SIZE,
    "stale_timeout": DATABASE_POOL_RECYCLE,
    "timeout": DATABASE_POOL_TIMEOUT,
    **timeouts(DATABASE_CONNECT_TIMEOUT, DATABASE_STATEMENT_TIMEOUT),
}
