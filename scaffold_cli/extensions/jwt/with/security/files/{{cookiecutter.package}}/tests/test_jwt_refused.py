"""Users who may not have tokens."""

from sqlalchemy import select

from ..extensions import db
from ..models import User
from .base import AppTestCase
from .credentials import CREDENTIALS, prepare


class RefusedTest(AppTestCase):
    def test_who_is_not_active_gets_none_and_loses_what_there_are(self) -> None:
        prepare(self.app)
        token = self.client.post("/token", json=CREDENTIALS).get_json()["access_token"]
        db.session.scalars(select(User)).one().active = False
        db.session.commit()
        answer = self.client.post("/token", json=CREDENTIALS)
        self.assertEqual(401, answer.status_code)
        headers = {"Authorization": f"Bearer {token}"}
        self.assertEqual(401, self.client.get("/token", headers=headers).status_code)
