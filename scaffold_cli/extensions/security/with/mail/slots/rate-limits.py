"auth.forgot_password": "10 per hour",
"auth.send_confirmation": "10 per hour",
