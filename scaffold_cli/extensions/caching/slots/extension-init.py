# Unlike SimpleCache, files are one cache for all processes: web, worker, commands.
backend = "RedisCache" if app.config["CACHE_REDIS_URL"] else "FileSystemCache"
app.config["CACHE_TYPE"] = app.config["CACHE_TYPE"] or backend
app.config.setdefault("CACHE_KEY_PREFIX", f"{app.import_name}:cache:")
if app.config["CACHE_TYPE"] == "RedisCache":
    timeout = app.config.get("REDIS_TIMEOUT", 5)
    app.config.setdefault("CACHE_OPTIONS", {"socket_timeout": timeout})
    add_need(app, "cache", lambda: cache.get("readyz"))
cache.init_app(app)
