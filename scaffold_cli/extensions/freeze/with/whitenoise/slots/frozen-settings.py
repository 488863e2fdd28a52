"COLLECT_ROOT": None,  # static files as they are now
