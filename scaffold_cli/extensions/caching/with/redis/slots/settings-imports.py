from .flask_redis import server_url
