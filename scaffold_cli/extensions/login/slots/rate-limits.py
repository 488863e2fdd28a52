"auth.login": "10 per minute; 100 per day",
"auth.register": "10 per hour",
