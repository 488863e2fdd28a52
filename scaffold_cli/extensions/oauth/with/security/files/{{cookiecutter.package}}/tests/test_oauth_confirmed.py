"""Accounts whose address is confirmed, and those that are not active."""

from flask_security import hash_password

from ..extensions import db
from .csrf import submit
from .provider_case import ProviderTestCase

EMAIL = "ada@example.com"
PASSWORD = "correct horse battery"


class ConfirmedTest(ProviderTestCase):
    def setUp(self) -> None:
        super().setUp()
        security = self.app.extensions["security"]
        self.user = security.datastore.create_user(
            email=EMAIL,
            password=hash_password(PASSWORD),
            confirmed_at=security.datetime_factory(),
        )
        db.session.commit()

    def test_an_account_whose_address_is_confirmed_keeps_its_password(self) -> None:
        self.log_in()
        self.client = self.app.test_client()
        submit(self.client, "/login", email=EMAIL, password=PASSWORD)
        self.assertTrue(self.is_logged_in())

    def test_who_is_not_active_is_not_let_in(self) -> None:
        self.user.active = False
        db.session.commit()
        with self.assertLogs(self.app.logger):
            self.log_in()
        self.assertFalse(self.is_logged_in())
