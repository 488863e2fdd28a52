app.register_error_handler(CSRFError, form_expired)
