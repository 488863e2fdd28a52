"MAIL_SERVER": "",
"MAIL_DEFAULT_SENDER": "noreply@localhost",
