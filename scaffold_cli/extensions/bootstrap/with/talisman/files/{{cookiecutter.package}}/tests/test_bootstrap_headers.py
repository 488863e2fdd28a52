"""Bootstrap's pictures are let in, and nothing else is for its sake."""

from .base import AppTestCase


class BootstrapHeadersTest(AppTestCase):
    def test_pictures_may_stand_in_styles(self) -> None:
        policy = self.client.get("/faq").content_security_policy
        self.assertEqual("'self' data:", policy["img-src"])
        self.assertNotIn("unsafe", str(policy))
        self.assertNotIn("http", str(policy))
