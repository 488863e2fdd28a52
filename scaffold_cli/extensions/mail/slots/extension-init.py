# Flask-Mail reads this once, now: no server, nothing sent (see mail.py).
unsent = app.testing or not app.config["MAIL_SERVER"]
app.config.setdefault("MAIL_SUPPRESS_SEND", unsent)
mail.init_app(app)
