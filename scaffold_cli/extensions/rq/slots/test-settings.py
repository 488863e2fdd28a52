"RQ_REDIS_URL": "",
