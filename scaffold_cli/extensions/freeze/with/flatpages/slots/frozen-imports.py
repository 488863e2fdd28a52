from .extensions import flatpages
