"""Pages are written by the API: with a token, and by who has seen them as they are."""

from datetime import timedelta

from flask_jwt_extended import create_access_token
from werkzeug.test import TestResponse

from ..extensions import db
from ..models import Page
from ..rest import ErrorSchema
from .base import AppTestCase
from .writers import CREDENTIALS, prepare


class EditingTest(AppTestCase):
    def setUp(self) -> None:
        """Have a page, and a token."""
        super().setUp()
        db.session.add(Page(title="First", text=""))
        db.session.commit()
        prepare(self.app)
        token = self.client.post("/token", json=CREDENTIALS).get_json()["access_token"]
        self.token = {"Authorization": f"Bearer {token}"}

    def call(self, method: str, path: str, etag: str = "", **page: str) -> TestResponse:
        """Call the API with the token, and with an etag if there is one."""
        headers = {**self.token, **({"If-Match": etag} if etag else {})}
        json = page or None
        return self.client.open(path, method=method, json=json, headers=headers)

    def etag(self) -> str:
        """Return the page's etag."""
        return self.client.get("/api/pages/1").headers["ETag"]

    def test_a_page_is_added(self) -> None:
        answer = self.call("POST", "/api/pages", title="Second")
        self.assertEqual(201, answer.status_code)
        page = answer.get_json()
        self.assertEqual({"id": 2, "title": "Second", "text": ""}, page)
        self.assertEqual(page, self.client.get("/api/pages/2").get_json())

    def test_what_no_database_keeps_is_refused(self) -> None:
        for wrong in ({"title": "a\0b"}, {"title": "A", "text": "\ud800"}):
            answer = self.call("POST", "/api/pages", **wrong)
            self.assertEqual(422, answer.status_code)

    def test_a_page_is_changed_and_deleted(self) -> None:
        answer = self.call("PUT", "/api/pages/1", self.etag(), title="T", text="X")
        self.assertEqual({"id": 1, "title": "T", "text": "X"}, answer.get_json())
        answer = self.call("DELETE", "/api/pages/1", answer.headers["ETag"])
        self.assertEqual(204, answer.status_code)
        self.assertEqual(404, self.client.get("/api/pages/1").status_code)

    def test_nothing_is_written_without_a_token(self) -> None:
        etag, self.token = self.etag(), {}
        for method, path in (
            ("POST", "/api/pages"),
            ("PUT", "/api/pages/1"),
            ("DELETE", "/api/pages/1"),
        ):
            answer = self.call(method, path, etag, title="Mine")
            self.assertEqual(401, answer.status_code)
        self.assertEqual(etag, self.etag())

    def test_a_token_that_is_no_good_is_refused_as_described(self) -> None:
        described = self.client.get("/api/openapi.json").get_json()
        refusal = described["paths"]["/api/pages"]["post"]["responses"]["401"]
        self.assertEqual("#/components/responses/UNAUTHORIZED", refusal["$ref"])
        content = described["components"]["responses"]["UNAUTHORIZED"]["content"]
        schema = content["application/json"]["schema"]
        self.assertEqual("#/components/schemas/Error", schema["$ref"])
        old = create_access_token("x", expires_delta=timedelta(seconds=-1))
        wrong = [{"Authorization": f"Bearer {token}"} for token in ("x", "x.y.z", old)]
        for self.token in ({}, *wrong):
            answer = self.call("POST", "/api/pages", title="Mine")
            self.assertEqual(401, answer.status_code)
            self.assertEqual("application/json", answer.mimetype)
            self.assertEqual({}, ErrorSchema().validate(answer.get_json()))

    def test_who_has_not_seen_the_page_as_it_is_does_not_change_it(self) -> None:
        seen = self.etag()
        self.call("PUT", "/api/pages/1", seen, title="Changed")
        for method in ("PUT", "DELETE"):
            answer = self.call(method, "/api/pages/1", seen, title="Mine")
            self.assertEqual(412, answer.status_code)
            answer = self.call(method, "/api/pages/1", title="Mine")
            self.assertEqual(428, answer.status_code)
        answer = self.client.get("/api/pages/1")
        self.assertEqual("Changed", answer.get_json()["title"])

    def test_what_is_wrong_is_told_field_by_field(self) -> None:
        for wrong in ({"title": ""}, {"text": "?"}, {"title": "x", "id": "7"}):
            answer = self.call("POST", "/api/pages", **wrong)
            self.assertEqual(422, answer.status_code)
            self.assertTrue(answer.get_json()["errors"]["json"])

    def test_the_token_is_described(self) -> None:
        described = self.client.get("/api/openapi.json").get_json()
        self.assertIn("token", described["components"]["securitySchemes"])
        operations = described["paths"]["/api/pages"]
        self.assertEqual([{"token": []}], operations["post"]["security"])
        self.assertNotIn("security", operations["get"])
