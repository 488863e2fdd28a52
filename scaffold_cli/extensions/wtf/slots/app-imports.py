from flask_wtf.csrf import CSRFError

from .csrf import form_expired
