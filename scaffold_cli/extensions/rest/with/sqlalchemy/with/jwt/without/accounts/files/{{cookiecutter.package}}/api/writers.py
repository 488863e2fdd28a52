"""Who may write by the API: the program that has tokens."""

from flask_jwt_extended import jwt_required

# What the API's description says of such a view.
NEEDS_TOKEN = {
    "security": [{"token": []}],
    "responses": {401: "UNAUTHORIZED"},
}

for_writers = jwt_required()
