# A connection is made anew when it is old; who finds none free waits up to 10 seconds.
DATABASE_OPTIONS = {"stale_timeout": DATABASE_POOL_RECYCLE, "timeout": 10}
