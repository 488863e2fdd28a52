"""Only users whom the settings name may write by the API."""

from .base import AppTestCase
from .writers import CREDENTIALS, prepare


class WritersTest(AppTestCase):
    def test_an_account_alone_is_not_enough(self) -> None:
        prepare(self.app)
        self.app.config["API_WRITERS"] = ["bob@example.com"]
        token = self.client.post("/token", json=CREDENTIALS).get_json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        page = {"title": "Mine"}
        answer = self.client.post("/api/pages", json=page, headers=headers)
        self.assertEqual(403, answer.status_code)
        self.assertIn("API_WRITERS", answer.get_json()["description"])
        paths = self.client.get("/api/openapi.json").get_json()["paths"]
        self.assertIn("403", paths["/api/pages"]["post"]["responses"])
        self.assertEqual([], self.client.get("/api/pages").get_json())
