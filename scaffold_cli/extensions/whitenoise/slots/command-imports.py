from .extensions import whitenoise
