"""The administration: for administrators only, with CSRF protection, and working."""

import io
import re
from contextlib import redirect_stdout

from flask.testing import FlaskClient
from flask_login import FlaskLoginClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from ..app import create_app
from ..extensions import db
from ..manage import grant_admin, revoke_admin
from ..models import Page, User
from .base import TEST_SETTINGS, AppTestCase
from .csrf import submit, token_from
from .people import add_user

ADA = "ada@example.com"


class AdminTestCase(AppTestCase):
    """Ada has an account."""

    def setUp(self) -> None:
        """Add her."""
        super().setUp()
        self.user = add_user(ADA)

    def log_in(self) -> FlaskClient:
        """Return the browser of Ada, who is logged in."""
        self.app.test_client_class = FlaskLoginClient
        return self.app.test_client(user=self.user)

    def log_in_as_administrator(self) -> FlaskClient:
        """Make her an administrator, and return her browser."""
        self.assertEqual(0, self.run_quietly(grant_admin, ADA))
        return self.log_in()

    def run_quietly(self, command: object, email: str) -> int:
        """Run a command; return its status."""
        assert callable(command)
        with redirect_stdout(io.StringIO()):
            return int(command(email))


class AccessTest(AdminTestCase):
    def addresses(self) -> list[str]:
        """Return the addresses of all pages of the administration."""
        return [
            rule.rule
            for rule in self.app.url_map.iter_rules()
            if rule.endpoint.startswith("admin") and not rule.arguments
        ]

    def test_strangers_are_sent_to_log_in(self) -> None:
        self.assertIn("/admin/", self.addresses())
        for path in self.addresses():
            response = self.client.get(path)
            self.assertIn(response.status_code, (302, 405), path)
            if response.status_code == 302:
                self.assertIn("/login?next=", response.location)

    def test_below_a_prefix_they_are_sent_back_below_it(self) -> None:
        response = self.client.get("/admin/", base_url="http://localhost/backend/")
        self.assertEqual(response.location, "/backend/login?next=/backend/admin/")

    def test_who_is_no_administrator_is_refused(self) -> None:
        client = self.log_in()
        for path in self.addresses():
            self.assertIn(client.get(path).status_code, (403, 405), path)

    def test_nobody_else_changes_anything(self) -> None:
        db.session.add(Page(title="Kept", text=""))
        db.session.commit()
        for client in (self.client, self.log_in()):
            token = token_from(client.get("/preferences").text)
            sent = {"csrf_token": token, "id": "1", "title": "Changed", "text": ""}
            for path in ("new/", "edit/?id=1", "delete/", "action/"):
                response = client.post(f"/admin/pages/{path}", data=sent)
                self.assertIn(response.status_code, (302, 403), path)
        self.assertEqual(["Kept"], list(db.session.scalars(select(Page.title))))

    def test_the_right_is_granted_and_revoked(self) -> None:
        client = self.log_in_as_administrator()
        self.assertEqual(200, client.get("/admin/").status_code)
        self.assertEqual(0, self.run_quietly(revoke_admin, ADA))
        self.assertEqual(403, client.get("/admin/").status_code)

    def test_it_is_granted_twice_without_harm(self) -> None:
        for _ in range(2):
            self.assertEqual(0, self.run_quietly(grant_admin, ADA.upper()))

    def test_who_is_not_there_is_told(self) -> None:
        for command in (grant_admin, revoke_admin):
            self.assertEqual(1, self.run_quietly(command, "bob@example.com"))
        self.assertEqual(1, self.run_quietly(revoke_admin, ADA))

    def test_who_comes_after_a_deleted_administrator_is_none(self) -> None:
        self.log_in_as_administrator()
        db.session.delete(self.user)
        db.session.commit()
        self.user = add_user("bob@example.com")
        self.assertEqual(403, self.log_in().get("/admin/").status_code)

    def test_only_administrators_see_the_link(self) -> None:
        link = 'href="/admin/"'
        self.assertNotIn(link, self.client.get("/").text)
        self.assertNotIn(link, self.log_in().get("/").text)
        self.assertIn(link, self.log_in_as_administrator().get("/").text)


class PagesTest(AdminTestCase):
    def setUp(self) -> None:
        """Have an administrator."""
        super().setUp()
        self.client = self.log_in_as_administrator()

    def titles(self) -> list[str]:
        """Return the titles of all pages, as the database has them."""
        db.session.expire_all()
        return list(db.session.scalars(select(Page.title)))

    def delete(self, pk: int) -> TestResponse:
        """Press the button of a row."""
        token = token_from(self.client.get("/admin/pages/").text)
        fields = {"csrf_token": token, "id": str(pk)}
        return self.client.post("/admin/pages/delete/", data=fields)

    def test_they_are_made_changed_and_deleted(self) -> None:
        submit(self.client, "/admin/pages/new/", title="New", text="Text.")
        self.assertEqual(["New"], self.titles())
        self.assertIn("New", self.client.get("/admin/pages/").text)
        submit(self.client, "/admin/pages/edit/?id=1", title="Changed", text="")
        self.assertEqual(["Changed"], self.titles())
        self.delete(1)
        self.assertEqual([], self.titles())

    def test_nothing_is_done_without_a_token(self) -> None:
        fields = {"title": "New", "text": "", "id": "1"}
        for path in ("new/", "edit/?id=1", "delete/", "action/"):
            response = self.client.post(f"/admin/pages/{path}", data=fields)
            self.assertEqual(400, response.status_code, path)
        self.assertEqual([], self.titles())

    def test_a_page_without_a_title_is_refused(self) -> None:
        page = submit(self.client, "/admin/pages/new/", title="", text="").text
        self.assertIn("required", page)
        self.assertEqual([], self.titles())


class PeopleTest(AdminTestCase):
    def test_users_are_shown_without_their_passwords(self) -> None:
        client = self.log_in_as_administrator()
        for path in ("/admin/users/", "/admin/users/edit/?id=1"):
            page = client.get(path).text
            self.assertIn(ADA, page)
            self.assertNotIn("password", page.lower())

    def test_an_address_is_changed(self) -> None:
        client = self.log_in_as_administrator()
        submit(client, "/admin/users/edit/?id=1", email="Countess@Example.com")
        db.session.expire_all()
        self.assertEqual("countess@example.com", db.session.get_one(User, 1).email)


class PageSourceTest(AdminTestCase):
    def test_no_page_needs_inline_scripts_or_other_sites(self) -> None:
        db.session.add(Page(title="One", text=""))
        db.session.commit()
        client = self.log_in_as_administrator()
        for path in ("", "pages/", "pages/new/", "pages/edit/?id=1", "users/"):
            with self.subTest(path):
                page = client.get(f"/admin/{path}").text
                self.assertEqual([], re.findall(r"<script(?![^>]* src=)[^>]*>", page))
                self.assertEqual([], re.findall(r"\s(?:style|on[a-z]+)=", page))
                self.assertEqual([], re.findall(r'(?:src|href)="(?:https?:)?//', page))

    def test_two_applications_have_an_administration_each(self) -> None:
        other = create_app(TEST_SETTINGS, SITE_NAME="Other")
        with other.app_context():
            db.create_all()
            self.addCleanup(db.engine.dispose)
            self.user = add_user(ADA)
            self.assertEqual(0, self.run_quietly(grant_admin, ADA))
            self.app = other
            self.assertIn("Other", self.log_in().get("/admin/").text)
            db.session.remove()
