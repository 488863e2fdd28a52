from .flask_redis import with_certificates
