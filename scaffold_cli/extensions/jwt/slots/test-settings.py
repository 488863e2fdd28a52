"JWT_SECRET_KEY": "testing, with as many bytes as are needed",
