from .extensions import freezer
