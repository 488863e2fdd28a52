"""Pages of people in the administration."""

from typing import Any, ClassVar

from flask_sqlalchemy import SQLAlchemy

from ..models import Role, User
from .views import ModelView


def role_names(view: ModelView, context: Any, user: User, name: str) -> str:
    """Show which roles a user has."""
    return ", ".join(role.name for role in user.roles)


class UserView(ModelView):
    """People with an account: they register themselves."""

    can_create = False
    column_list = ("email", "active", "roles", "created_at")
    column_searchable_list = ("email",)
    column_default_sort = "email"
    column_formatters: ClassVar = {"roles": role_names}
    form_columns = ("email", "active", "roles")
    form_args: ClassVar = {"roles": {"get_label": "name"}}


class RoleView(ModelView):
    """What users may do; ``admin`` is who may be here."""

    column_list = ("name", "description")
    form_columns = ("name", "description")


def people_views(db: SQLAlchemy) -> list[ModelView]:
    """Return the views of people."""
    return [
        UserView(User, db, name="Users", endpoint="admin_users", url="users"),
        RoleView(Role, db, name="Roles", endpoint="admin_roles", url="roles"),
    ]
