"""Pages of people in the administration."""

from typing import ClassVar

from flask_sqlalchemy import SQLAlchemy

from ..models import Administrator, User
from .views import ModelView


class UserView(ModelView):
    """People with an account: they register themselves."""

    can_create = False
    column_list = ("email", "created_at")
    column_searchable_list = ("email",)
    column_default_sort = "email"
    form_columns = ("email",)


class AdministratorView(ModelView):
    """People who may be here: made by ``manage.py grant-admin``."""

    can_create = False
    can_edit = False
    can_delete = False
    column_list = ("user.email", "created_at")
    column_labels: ClassVar = {"user.email": "Email"}


def people_views(db: SQLAlchemy) -> list[ModelView]:
    """Return the views of people."""
    return [
        UserView(User, db, name="Users", endpoint="admin_users", url="users"),
        AdministratorView(
            Administrator,
            db,
            name="Administrators",
            endpoint="admin_administrators",
            url="administrators",
        ),
    ]
