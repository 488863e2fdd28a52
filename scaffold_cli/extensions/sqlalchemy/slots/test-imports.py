from ..extensions import db
