# MongoEngine
MONGO_URI = env.str("MONGO_URI", "memory://")
MONGO_TIMEOUT = env.int("MONGO_TIMEOUT", 5)
