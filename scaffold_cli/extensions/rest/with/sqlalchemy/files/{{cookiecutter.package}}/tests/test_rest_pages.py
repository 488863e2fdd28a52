"""Pages by the API: listed a part at a time, shown, and sent once as long as they stay."""

import json

from ..extensions import db
from ..models import Page
from .base import AppTestCase


class PagesTest(AppTestCase):
    def setUp(self) -> None:
        """Begin with three pages."""
        super().setUp()
        db.session.add_all(Page(title=title, text="") for title in "CAB")
        db.session.commit()

    def test_they_are_listed_a_part_at_a_time(self) -> None:
        answer = self.client.get("/api/pages?page_size=2&page=2")
        self.assertEqual(["C"], [page["title"] for page in answer.get_json()])
        pagination = json.loads(answer.headers["X-Pagination"])
        self.assertEqual((3, 1), (pagination["total"], pagination["previous_page"]))

    def test_a_wrong_part_is_refused_in_words(self) -> None:
        answer = self.client.get("/api/pages?page_size=1000")
        self.assertEqual(422, answer.status_code)
        self.assertIn("page_size", answer.get_json()["errors"]["query"])

    def test_behind_the_last_part_there_is_nothing(self) -> None:
        for page in (3, 10**30):
            answer = self.client.get(f"/api/pages?page_size=2&page={page}")
            self.assertEqual((200, []), (answer.status_code, answer.get_json()))

    def test_one_is_shown(self) -> None:
        answer = self.client.get("/api/pages/1")
        self.assertEqual({"id": 1, "title": "C", "text": ""}, answer.get_json())

    def test_one_that_is_not_there_is_not_found(self) -> None:
        for pk in (4, 10**30):
            answer = self.client.get(f"/api/pages/{pk}")
            self.assertEqual((404, True), (answer.status_code, answer.is_json))

    def test_what_has_not_changed_is_not_sent_again(self) -> None:
        for path in ("/api/pages", "/api/pages/1"):
            etag = self.client.get(path).headers["ETag"]
            headers = {"If-None-Match": etag}
            self.assertEqual(304, self.client.get(path, headers=headers).status_code)
            db.session.add(Page(title="D"))
            db.session.get_one(Page, 1).text = path
            db.session.commit()
            self.assertEqual(200, self.client.get(path, headers=headers).status_code)

    def test_strangers_may_not_write(self) -> None:
        for method, path in (
            ("POST", "/api/pages"),
            ("PUT", "/api/pages/1"),
            ("DELETE", "/api/pages/1"),
        ):
            answer = self.client.open(path, method=method, json={"title": "Mine"})
            self.assertIn(answer.status_code, (400, 401, 405))
        self.assertEqual("C", db.session.get_one(Page, 1).title)

    def test_they_are_described(self) -> None:
        paths = self.client.get("/api/openapi.json").get_json()["paths"]
        self.assertIn("get", paths["/api/pages"])
        self.assertIn("get", paths["/api/pages/{pk}"])
