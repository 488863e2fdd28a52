# It makes the standard library cooperative before the application is loaded.
worker_class = "gevent"
worker_connections = int(os.environ.get("WEB_CONNECTIONS") or 100)  # requests at a time
