# Unlike SimpleCache, files are one cache for all processes: web, worker, commands.
backend = "RedisCache" if app.config["CACHE_REDIS_URL"] else "FileSystemCache"
app.config["CACHE_TYPE"] = app.config["CACHE_TYPE"] or backend
app.config.setdefault("CACHE_KEY_PREFIX", f"{app.import_name}:cache:")
if app.config["CACHE_TYPE"] == "RedisCache":
    app.config.setdefault("CACHE_OPTIONS", {"socket_timeout": 5})
    add_need(app, "cache", lambda: cache.get("readyz"), essential=False)
cache.init_app(app)
