app.mount_apps(create_app, settings, overrides)
