"""Accounts against real servers, each on a free port: a provider of OpenID Connect, and one that takes mail.

The provider is the one that projects with ``oauth`` bring for their own tests. Mail is taken by aiosmtpd.
"""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import projects
import pytest
from projects import Browser, Project, Server, free_port, is_listening, started, wait_until

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("servers-auth")]

ACCOUNTS = ("login", "security")
EMAIL, PASSWORD, NEW = "ada@example.com", "correct horse battery", "a better one by far"
SITE = "https://shop.example.com"
PROVIDER = "from my_shop.tests.provider import Provider; Provider({port}).serve_forever()"


class Site(NamedTuple):
    """A project in production, and the servers that it talks to."""

    server: Server
    project: Project
    provider: Browser
    mailbox: Path

    def links(self) -> list[str]:
        """Return the links in all mail that has come, in order."""
        return re.findall(rf"^{SITE}(/\S+)$", self.mailbox.read_text("utf-8"), re.MULTILINE)

    def visitor(self) -> Browser:
        """Return somebody new."""
        return Browser(self.server.address)

    def ask(self, credentials: dict[str, str]) -> tuple[int, dict[str, str]]:
        """Ask for a token, as a program does."""
        body = json.dumps(credentials).encode()
        headers = {"Content-Type": "application/json"}
        try:
            with urlopen(Request(f"{self.server.address}/token", body, headers)) as answer:
                return answer.status, json.load(answer)
        except HTTPError as error:
            with error:
                return error.code, json.load(error)


Serve = Callable[..., Server]


@pytest.fixture(scope="module", params=ACCOUNTS)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A project with accounts, served with debug off."""
    folder = tmp_path_factory.mktemp(request.param)
    chosen = (request.param, "mail", "oauth", "jwt", "basicauth")
    flags = ("--preset", "minimal", *(word for name in chosen for word in ("--with", name)))
    project = projects.new_project(folder, *flags)
    project.install("aiosmtpd")
    project.must_run("python", "manage.py", "release")
    python = project.folder / ".venv/bin/python"
    environment = project.environment(PYTHONUNBUFFERED="1")
    issuer, smtp, port = free_port(), free_port(), free_port()
    mailbox = folder / "mail.log"
    with ExitStack() as stack:
        for number, log, words in (
            (issuer, folder / "provider.log", ["-c", PROVIDER.format(port=issuer)]),
            (smtp, mailbox, ["-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{smtp}"]),
        ):
            stack.enter_context(
                started(python, *words, cwd=project.folder, log=log, environment=environment)
            )
            wait_until(lambda number=number: is_listening(number), str(log))
        settings = {
            "FLASK_DEBUG": "0",
            "SITE_URL": SITE,
            "MAIL_SERVER": "127.0.0.1",
            "MAIL_PORT": str(smtp),
            "OAUTH_SERVER_METADATA_URL": f"http://127.0.0.1:{issuer}/.well-known/openid-configuration",
            "OAUTH_CLIENT_ID": "shop",
            "OAUTH_CLIENT_SECRET": "the secret of the shop",
            "BASIC_AUTH_PASSWORD_HASH": password_hash(project),
        }
        command = ("gunicorn", "my_shop.app:app", "-b", f"127.0.0.1:{port}")
        server = stack.enter_context(project.serve(*command, port=port, **settings))
        yield Site(server, project, Browser(f"http://127.0.0.1:{issuer}"), mailbox)


def password_hash(project: Project) -> str:
    """Make the setting that guards pages, by the project's own command."""
    printed = project.must_run("python", "manage.py", "hash-password", typed=f"{PASSWORD}\n" * 2)
    return printed.strip().rpartition("=")[2].strip("'")


def register(site: Site, email: str) -> Browser:
    """Make an account; where addresses are confirmed, confirm it."""
    visitor = site.visitor()
    before = len(site.links())
    fields = {"repeated": PASSWORD, "password_confirm": PASSWORD}
    visitor.submit("/register", email=email, password=PASSWORD, **fields)
    if visitor.get("/account").status != 200:
        wait_until(lambda: len(site.links()) > before, "mail")
        visitor.get(site.links()[-1])
        visitor.submit("/login", email=email, password=PASSWORD)
    return visitor


def is_inside(visitor: Browser) -> bool:
    """Tell whether the account page is shown."""
    return visitor.get("/account").status == 200


def test_a_forgotten_password_is_set_anew_by_a_link_that_comes_by_mail(site: Site) -> None:
    inside = register(site, "bob@example.com")
    assert is_inside(inside)
    visitor = site.visitor()
    before = len(site.links())
    visitor.submit("/reset", email="nobody@example.com")
    visitor.submit("/reset", email="bob@example.com")
    wait_until(lambda: len(site.links()) > before, "mail")
    link = site.links()[-1]

    visitor.submit(link, password=NEW, repeated=NEW, password_confirm=NEW)
    visitor.submit("/login", email="bob@example.com", password=NEW)

    assert is_inside(visitor)
    assert not is_inside(inside), "a new password ends the sessions of the last one"
    assert "nobody@example.com" not in site.mailbox.read_text("utf-8")
    assert site.visitor().get(link).status == 302, "the link works once"


def test_whom_the_provider_recognises_gets_the_account_of_their_address(site: Site) -> None:
    visitor = site.visitor()
    there = urlsplit(visitor.get("/oauth/login?next=/account").location)
    back = urlsplit(site.provider.get(f"{there.path}?{there.query}").location)
    answer = visitor.get(f"{back.path}?{back.query}")

    assert answer.location == "/account"
    assert EMAIL in visitor.get("/account").text
    # Neither the code nor the state is good for anybody else, or again.
    for stranger in (site.visitor(), visitor):
        assert stranger.get(f"{back.path}?{back.query}").location == "/login"
    assert "Traceback" not in site.server.output()


def test_programs_get_tokens_for_a_password(site: Site) -> None:
    register(site, "eve@example.com")

    status, _ = site.ask({"email": "eve@example.com", "password": "wrong"})
    assert status == 401
    status, token = site.ask({"email": "eve@example.com", "password": PASSWORD})
    assert status == 200
    bearer = f"Bearer {token['access_token']}"
    assert site.visitor().get("/token", Authorization=bearer).status == 200
    assert site.visitor().get("/token", Authorization=f"{bearer}x").status == 401


def test_the_status_page_is_for_those_who_know_the_password(site: Site) -> None:
    assert site.visitor().get("/versions").status == 401
    basic = b64encode(f"admin:{PASSWORD}".encode()).decode()
    assert "<td>Flask</td>" in site.visitor().get("/versions", Authorization=f"Basic {basic}").text


def test_without_its_own_address_a_project_sends_no_links(site: Site) -> None:
    done = site.project.run("python", "manage.py", "urls", FLASK_DEBUG="0", MAIL_SERVER="127.0.0.1")

    assert done.returncode == 1
    assert done.stderr.startswith("Error: SITE_URL is not set")
