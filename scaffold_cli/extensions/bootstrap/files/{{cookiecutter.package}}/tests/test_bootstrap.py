"""Pages have Bootstrap from this site, and questions that unfold."""

import re
from html import unescape

from ..app import create_app
from ..faq.questions import QUESTIONS
from .base import TEST_SETTINGS, AppTestCase

LOADED = re.compile(r'<(?:script src|link[^>]* href)="([^"]+)"')


class BootstrapTest(AppTestCase):
    def test_all_that_a_page_loads_is_served_here(self) -> None:
        urls = [unescape(url) for url in LOADED.findall(self.client.get("/").text)]
        for name in ("bootstrap.min.css", "bootstrap-theme.css", "bootstrap.min.js"):
            self.assertTrue(any(f"/{name}?v=" in url for url in urls), name)
        for url in urls:
            with self.subTest(url), self.client.get(url) as response:
                self.assertEqual(200, response.status_code)

    def test_two_applications_may_look_different(self) -> None:
        other = create_app(TEST_SETTINGS, BOOTSTRAP_BOOTSWATCH_THEME="flatly")
        self.assertIn("/flatly/", other.test_client().get("/").text)
        self.assertNotIn("/flatly/", self.client.get("/").text)


class FAQTest(AppTestCase):
    def test_each_question_unfolds_its_answer(self) -> None:
        page = self.client.get("/faq").text
        for number, answer in enumerate(QUESTIONS.values(), 1):
            self.assertIn(answer, unescape(page))
            self.assertIn(f'data-bs-target="#answer-{number}"', page)
            self.assertIn(f'id="answer-{number}"', page)
