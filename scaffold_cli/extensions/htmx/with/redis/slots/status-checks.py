"Redis": lambda: redis.ping(),
