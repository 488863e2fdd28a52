extensions.whitenoise.add_files(app)
