from .extensions import assets
