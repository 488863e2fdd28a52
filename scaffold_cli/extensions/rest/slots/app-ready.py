app.register_error_handler(HTTPException, errors.error_response)
