"FORCE_HTTPS": False,
