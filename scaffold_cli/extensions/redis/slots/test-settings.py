"REDIS_URL": "fake://",
