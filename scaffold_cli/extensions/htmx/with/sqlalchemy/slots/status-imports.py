from sqlalchemy import text

from ..extensions import db
