"""Who may write by the API: the program that has tokens."""

from flask_jwt_extended import jwt_required

for_writers = jwt_required()
