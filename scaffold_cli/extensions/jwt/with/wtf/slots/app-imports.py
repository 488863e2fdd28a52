from .extensions import csrf
