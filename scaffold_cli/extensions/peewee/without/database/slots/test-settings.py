"DATABASE_URL": "sqlite://",
