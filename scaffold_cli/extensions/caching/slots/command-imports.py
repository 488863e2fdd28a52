from .extensions import cache
