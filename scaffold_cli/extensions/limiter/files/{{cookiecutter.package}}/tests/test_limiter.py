"""An address that asks too often is refused."""

from flask.testing import FlaskClient

from .. import rate_limits
from ..app import create_app
from ..core import App
from .base import TEST_SETTINGS, AppTestCase
from .servers import ReadinessTestCase

SETTINGS = {
    **TEST_SETTINGS,
    "RATELIMIT_ENABLED": True,
    "RATELIMIT_DEFAULT": "2 per minute",
}


class RateLimitsTest(AppTestCase):
    def create_app(self) -> App:
        """Make an application in which limits hold."""
        return create_app(SETTINGS)

    def test_who_asks_too_often_is_told_when_to_come_back(self) -> None:
        self.assertEqual([200, 200, 429], self.ask(self.client, times=3))
        response = self.client.get("/")
        self.assertIn(rate_limits.TOO_OFTEN, response.text)
        self.assertTrue(0 <= int(response.headers["Retry-After"]) <= 60)

    def test_a_program_is_told_in_json(self) -> None:
        self.ask(self.client, times=2)
        response = self.client.get("/", headers={"Accept": "application/json"})
        self.assertEqual("Too Many Requests", response.get_json()["name"])

    def test_load_balancers_may_always_ask(self) -> None:
        for path in ("/healthz", "/readyz"):
            self.assertEqual([200] * 5, self.ask(self.client, times=5, path=path))

    def test_two_applications_count_for_themselves(self) -> None:
        self.ask(self.client, times=3)
        other = create_app(SETTINGS, RATELIMIT_DEFAULT="1 per minute").test_client()
        self.assertEqual([200, 429], self.ask(other, times=2))

    def test_each_address_has_its_own_count(self) -> None:
        self.ask(self.client, times=3)
        elsewhere = self.client.get("/", environ_base={"REMOTE_ADDR": "192.0.2.1"})
        self.assertEqual(200, elsewhere.status_code)

    def test_an_address_is_not_changed_by_saying_so(self) -> None:
        client = create_app(SETTINGS).test_client()
        self.assertEqual([200, 200, 429], self.ask_as(client, ["a", "b", "c"]))

    def test_behind_a_trusted_proxy_the_client_counts(self) -> None:
        client = create_app(SETTINGS, TRUSTED_PROXIES=1).test_client()
        addresses = ["192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.1"]
        self.assertEqual([200, 200, 200, 429], self.ask_as(client, addresses))

    def ask(self, client: FlaskClient, times: int, path: str = "/") -> list[int]:
        """Ask for a page several times, and return the statuses."""
        return [client.get(path).status_code for _ in range(times)]

    def ask_as(self, client: FlaskClient, addresses: list[str]) -> list[int]:
        """Ask once for each address, told by the header that proxies set."""
        headers = [{"X-Forwarded-For": address} for address in addresses]
        return [client.get("/", headers=header).status_code for header in headers]


class LimitsReadinessTest(ReadinessTestCase):
    def test_a_server_that_does_not_answer_is_noticed(self) -> None:
        url = "redis://127.0.0.1:{port}/0"
        self.assert_noticed(
            "rate limits",
            essential=False,
            RATELIMIT_ENABLED=True,
            RATELIMIT_STORAGE_URI=url,
        )
