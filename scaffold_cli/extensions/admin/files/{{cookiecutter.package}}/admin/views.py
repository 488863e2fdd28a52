"""Pages of the administration."""

from collections.abc import Sequence
from typing import Any, ClassVar

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import AdminIndexView, expose
from flask_admin.contrib import sqla
from flask_admin.model.template import EditRowAction, TemplateLinkRowAction
from flask_login import current_user
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from .access import is_administrator


class Closed:
    """Shows a view to administrators only."""

    def is_accessible(self) -> bool:
        """Tell whether the view is shown; Flask-Admin asks before each page."""
        return is_administrator()

    def inaccessible_callback(self, name: str, **kwargs: Any) -> ResponseReturnValue:
        """Let strangers log in; others are not allowed here."""
        if current_user.is_authenticated:
            abort(403)
        address = request.script_root + request.path
        return redirect(url_for("auth.login", next=address))


class ModelView(Closed, sqla.ModelView):
    """Lists what there is of a model, edits and deletes it."""

    list_template = "administration/list.html"
    # It takes inline scripts, which a strict Content-Security-Policy forbids.
    action_disallowed_list = ("delete",)

    def get_list_row_actions(self) -> list[Any]:
        """Return the buttons of a row; the one to delete asks first."""
        actions = [EditRowAction()] if self.can_edit else []
        if self.can_delete:
            actions.append(TemplateLinkRowAction("own_actions.delete", "Delete"))
        return actions


class IndexView(Closed, AdminIndexView):
    """Shows how much there is of everything.

    :param db: where the models are kept.
    :param views: the views of the models.
    """

    def __init__(self, db: SQLAlchemy, views: Sequence[ModelView]) -> None:
        super().__init__()
        self.db = db
        self.views = views

    @expose()
    def index(self) -> str:
        """Show the first page."""
        counts = [
            (view, self.db.session.scalar(select(func.count()).select_from(view.model)))
            for view in self.views
        ]
        page: str = self.render("administration/index.html", counts=counts)
        return page


class PageView(ModelView):
    """Pages of text."""

    column_list = ("title",)
    column_searchable_list = ("title",)
    column_default_sort = "title"
    form_columns = ("title", "text")
    form_widget_args: ClassVar = {"text": {"rows": 15}}
