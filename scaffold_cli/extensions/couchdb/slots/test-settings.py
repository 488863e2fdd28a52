"COUCHDB_URL": "memory://",
