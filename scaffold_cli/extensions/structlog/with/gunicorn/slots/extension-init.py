# The line of a request is structlog's, also where the platform asks gunicorn for one.
logging.getLogger("gunicorn.access").disabled = True
