"""A user who may have tokens, in tests."""

from flask_security import hash_password

from ..core import App
from ..extensions import db

CREDENTIALS = {"email": "ada@example.com", "password": "correct horse battery"}


def prepare(app: App) -> None:
    """Add the user."""
    security = app.extensions["security"]
    security.datastore.create_user(
        email=CREDENTIALS["email"],
        password=hash_password(CREDENTIALS["password"]),
        confirmed_at=security.datetime_factory(),
    )
    db.session.commit()
