app.before_request(name_trace)
