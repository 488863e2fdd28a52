"MONGO_URI": "memory://",
