from .extensions import mongo
