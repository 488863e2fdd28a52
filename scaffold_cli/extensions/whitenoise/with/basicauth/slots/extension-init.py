if not app.config["BASIC_AUTH_WHOLE_SITE"]:  # else files would be open to strangers
    whitenoise.init_app(app)
