"CACHE_TYPE": "SimpleCache",
"CACHE_REDIS_URL": "",
