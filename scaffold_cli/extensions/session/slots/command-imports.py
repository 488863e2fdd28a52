from .extensions import sessions
