import secrets

from .tokens.clients import hash_secret
