"""The news are kept as documents, and two applications don't share them."""

import io
from contextlib import redirect_stdout
from datetime import UTC, datetime

from mongoengine import NotUniqueError, SequenceField, StringField

from ..app import create_app
from ..flask_mongoengine import Document
from ..manage import add_article
from ..models import Article
from .base import TEST_SETTINGS, AppTestCase
from .servers import ReadinessTestCase


class Ticket(Document):
    """A document with all that MongoEngine keeps outside of it: indexes, numbers."""

    number = SequenceField()
    code = StringField(unique=True)


class NewsTest(AppTestCase):
    def test_an_article_is_shown(self) -> None:
        self.add("us", "About <us>", text="First.\n\nSecond.", tags=["shop"])
        html = self.client.get("/news/us").get_data(as_text=True)
        self.assertIn("<h1>About &lt;us&gt;</h1>", html)
        self.assertIn("<p>First.</p>\n", html)
        self.assertIn("<p>Second.</p>\n", html)
        self.assertIn('<a href="/news/?tag=shop">shop</a>', html)

    def test_an_article_that_is_not_there_is_not_found(self) -> None:
        self.assertEqual(404, self.client.get("/news/none").status_code)

    def test_the_newest_is_listed_first(self) -> None:
        self.assertIn("None yet", self.client.get("/news/").get_data(as_text=True))
        self.add("old", "Old", published_at=datetime(2020, 1, 1, tzinfo=UTC))
        self.add("new", "New")
        html = self.client.get("/news/").get_data(as_text=True)
        self.assertLess(html.index("/news/new"), html.index("/news/old"))

    def test_articles_are_listed_by_tag(self) -> None:
        self.add("one", "One", tags=["shop", "people"])
        self.add("two", "Two", tags=["shop"])
        html = self.client.get("/news/?tag=people").get_data(as_text=True)
        self.assertIn("/news/one", html)
        self.assertNotIn("/news/two", html)

    def test_an_article_is_added_by_command(self) -> None:
        with redirect_stdout(io.StringIO()) as output:
            add_article("by-command", "By command", text="Text.", tags="a b")
        self.assertEqual("Added: /news/by-command\n", output.getvalue())
        article = Article.objects.get(slug="by-command")
        self.assertEqual(("Text.", ["a", "b"]), (article.text, article.tags))
        self.assertIsNotNone(article.published_at.tzinfo)

    def add(self, slug: str, title: str, **fields: object) -> None:
        """Add an article."""
        Article(slug=slug, title=title, **fields).save()


class ApplicationsTest(AppTestCase):
    def test_two_applications_have_a_database_each(self) -> None:
        Article(slug="here", title="Here only").save()
        with create_app(**TEST_SETTINGS).app_context():
            self.assertEqual(0, Article.objects.count())
            Article(slug="there", title="There only").save()
        self.assertEqual(["here"], [article.slug for article in Article.objects])

    def test_each_has_the_indexes_and_numbers_of_its_own(self) -> None:
        for app in (self.app, create_app(**TEST_SETTINGS)):
            with app.app_context():
                self.assertEqual(1, Ticket(code="A").save().number)
                self.assertEqual(2, Ticket(code="B").save().number)
                with self.assertRaises(NotUniqueError):
                    Ticket(code="A").save()


class MongoReadinessTest(ReadinessTestCase):
    def test_a_server_that_does_not_answer_is_noticed(self) -> None:
        uri = "mongodb://127.0.0.1:{port}/shop"
        for app in self.assert_noticed("mongodb", MONGO_URI=uri):
            app.extensions["mongodb"].client.close()
