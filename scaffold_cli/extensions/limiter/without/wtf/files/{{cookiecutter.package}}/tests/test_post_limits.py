"""Posts to single endpoints have limits of their own."""

from unittest.mock import patch

from .. import rate_limits
from ..app import create_app
from ..extensions import limiter
from .base import TEST_SETTINGS, AppTestCase


class PostLimitsTest(AppTestCase):
    def test_an_endpoint_can_have_a_limit_for_posts(self) -> None:
        app = create_app(TEST_SETTINGS, RATELIMIT_ENABLED=True)
        app.add_url_rule("/vote", "vote", lambda: "Thanks", methods=["GET", "POST"])
        with patch.dict(rate_limits.LIMITS, vote="1 per minute"):
            limiter.limit_endpoints(app)
        client = app.test_client()
        statuses = [client.post("/vote").status_code for _ in range(2)]
        self.assertEqual([200, 429], statuses)
        self.assertEqual(200, client.get("/vote").status_code)
