from flask import current_app, url_for

from .auth.accounts import find_user
from .auth.tokens import make_token
