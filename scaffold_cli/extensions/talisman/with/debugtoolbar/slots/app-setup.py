if app.debug:
    app.after_request(allow_toolbar)
