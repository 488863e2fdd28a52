threads = int(os.environ.get("WEB_THREADS") or 4)
