"tokens.issue": "10 per minute",
