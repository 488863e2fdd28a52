"""Flask-Admin, with the pages of the models."""

from flask import Flask
from flask_admin import Admin
from flask_admin.theme import Bootstrap4Theme
from flask_sqlalchemy import SQLAlchemy

from ..models import Page
from .access import is_administrator
from .people import people_views
from .views import IndexView, PageView


class Administration:
    """Gives each application an ``Admin`` of its own, in ``app.extensions["admin"]``."""

    def __init__(self, db: SQLAlchemy) -> None:
        self.db = db

    def init_app(self, app: Flask) -> None:
        """Bind it to an application; one object serves several."""
        views = [
            PageView(Page, self.db, name="Pages", endpoint="admin_pages", url="pages"),
            *people_views(self.db),
        ]
        admin = Admin(
            name=app.config["SITE_NAME"],
            index_view=IndexView(self.db, views),
            theme=Bootstrap4Theme(base_template="administration/base.html"),
        )
        admin.add_views(*views)
        admin.init_app(app)
        app.jinja_env.globals["is_administrator"] = is_administrator
