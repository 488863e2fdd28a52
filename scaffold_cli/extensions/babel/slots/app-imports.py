from flask_babel import gettext

from .languages.selection import language_tag, tell_language
