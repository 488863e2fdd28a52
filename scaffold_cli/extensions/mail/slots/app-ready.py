if not app.config["MAIL_SERVER"]:
    email_dispatched.connect(mail.show, app)
