from werkzeug.exceptions import HTTPException

from .api import errors
