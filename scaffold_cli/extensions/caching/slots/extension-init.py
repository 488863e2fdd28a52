# Unlike SimpleCache, files are one cache for all processes: web, worker, commands.
backend = "RedisCache" if app.config["CACHE_REDIS_URL"] else "FileSystemCache"
app.config["CACHE_TYPE"] = app.config["CACHE_TYPE"] or backend
app.config.setdefault("CACHE_KEY_PREFIX", f"{app.import_name}:cache:")
cache.init_app(app)
