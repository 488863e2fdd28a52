# Without REDIS_URL, visitors are counted in the memory of one process.
workers = 1
