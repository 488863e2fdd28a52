# Each open page holds a thread.
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS") or 100)
