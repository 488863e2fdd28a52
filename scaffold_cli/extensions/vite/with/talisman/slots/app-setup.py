if app.debug:
    app.after_request(allow_dev_server)
