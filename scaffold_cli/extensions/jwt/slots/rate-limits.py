"tokens.issue": "10 per minute; 100 per day",
