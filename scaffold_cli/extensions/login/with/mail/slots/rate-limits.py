"auth.forgot_password": "10 per hour",
