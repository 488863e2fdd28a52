from ..extensions import redis
