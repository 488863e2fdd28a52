whitenoise.init_app(app)
