"FREEZER_BASE_URL": "https://localhost/",
