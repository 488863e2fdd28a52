"SITE_URL": "",
