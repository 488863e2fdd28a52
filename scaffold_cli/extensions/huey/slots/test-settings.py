"HUEY_URL": "",
