# Whether everybody may upload, as there are no accounts.
UPLOADS_OPEN = env.bool("UPLOADS_OPEN", DEBUG)
