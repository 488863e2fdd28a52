"""OWASP's basics on a project of the preset ``full``, served with debug off: by hand, by bandit, by Hypothesis and by schemathesis."""

import json
import re
import sys
from collections.abc import Iterator
from html import unescape
from http.client import HTTPMessage
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import projects
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import Answer, Browser, Project, Server, free_port

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("full")]

PASSWORD = "correct horse battery"
ADA = "ada@example.com"
FORMS = ("/login", "/register", "/reset", "/preferences", "/uploads")
INSIDE = ("Traceback", "site-packages", 'File "', "sqlalchemy")


@pytest.fixture(scope="module")
def site(full: Project) -> Iterator[Server]:
    """The project with one account, without limits, where ada may write by the API."""
    port = free_port()
    command = ("gunicorn", "my_shop.app:app", "-b", f"127.0.0.1:{port}")
    settings = {"RATELIMIT_ENABLED": "0", "API_WRITERS": ADA, "TRUSTED_PROXIES": "1"}
    with full.serve(*command, port=port, FLASK_DEBUG="0", **settings) as server:
        register(server, ADA)
        yield server


def register(site: Browser, email: str) -> Browser:
    """Return a browser of somebody with a new account."""
    browser = Browser(site.address)
    browser.submit("/register", email=email, password=PASSWORD, repeated=PASSWORD)
    return browser


def logged_in(site: Browser) -> Browser:
    """Return ada's browser."""
    browser = Browser(site.address)
    assert log_in(browser).status == 302
    return browser


def log_in(browser: Browser, path: str = "/login", **changes: str) -> Answer:
    """Log ada in, or try to."""
    return browser.submit(path, **{"email": ADA, "password": PASSWORD, **changes})


def cookies(answer: Answer) -> dict[str, str]:
    """Return the cookies that an answer sets, name to value and flags."""
    assert isinstance(answer.headers, HTTPMessage)
    found = answer.headers.get_all("Set-Cookie", [])
    return dict(cookie.split("=", 1) for cookie in found)


# Cross-site requests


def test_no_form_is_taken_without_its_token(full: Project, site: Server) -> None:
    code = (
        "from my_shop.app import create_app\n"
        "for rule in create_app().url_map.iter_rules():\n"
        "    if 'POST' in rule.methods: print(rule.rule)"
    )
    paths = set(full.python(code, FLASK_DEBUG="1").split())
    by_token = {path for path in paths if path.startswith("/api/") or path == "/token"}
    forms = {path for path in paths - by_token if not path.startswith("/_debug_toolbar")}
    assert {"/login", "/logout", "/register", "/languages"} <= forms
    assert any(path.startswith("/admin/") for path in forms)

    inside = logged_in(site)
    for path in sorted(forms):
        answer = inside.post(re.sub("<.*?>", "1", path), language="de")
        assert answer.status == 400, (path, answer)
    assert inside.get("/account").status == 200


def test_a_token_of_somebody_else_is_refused(site: Server) -> None:
    page = Browser(site.address).get("/login").text
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert token
    stranger = Browser(site.address)
    stranger.get("/login")
    fields = {"email": ADA, "password": PASSWORD, "csrf_token": unescape(token[1])}
    assert stranger.post("/login", **fields).status == 400


def test_a_cookie_is_no_way_into_the_api(site: Server) -> None:
    assert logged_in(site).post("/api/pages", title="Forged").status == 401


# Sessions


def test_who_logs_in_gets_another_session_and_the_old_one_is_worth_nothing(site: Server) -> None:
    browser = Browser(site.address)
    before = cookies(browser.get("/login"))["session"].partition(";")[0]
    inside = cookies(log_in(browser))["session"].partition(";")[0]
    assert before != inside
    for planted, status in ((before, 302), ("of-my-own-making", 302), (inside, 200)):
        answer = Browser(site.address).get("/account", Cookie=f"session={planted}")
        assert answer.status == status


def test_cookies_are_out_of_reach(site: Server) -> None:
    found = cookies(log_in(Browser(site.address), remember="y"))
    assert set(found) == {"session", "remember_token"}
    for cookie in found.values():
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


def test_a_session_ends_with_log_out(site: Server) -> None:
    browser = Browser(site.address)
    stolen = cookies(log_in(browser))["session"].partition(";")[0]
    browser.submit("/logout", page="/account")
    assert Browser(site.address).get("/account", Cookie=f"session={stolen}").status == 302


# Where log-in leads, and what it tells


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "/%09/evil.example\r\nX-Injected: 1",
    ],
)
def test_log_in_leads_to_no_other_site(site: Server, target: str) -> None:
    answer = log_in(Browser(site.address), f"/login?next={quote(target, safe='')}")
    assert (answer.status, answer.location) == (302, "/account")
    assert "X-Injected" not in answer.headers


def anonymous(answer: Answer, *addresses: str) -> tuple[int, str]:
    """Return an answer without what differs each time: tokens, nonces and what was typed."""
    text = re.sub(r'(value|nonce|content)="[^"]{20,}"', "", answer.text)
    for address in addresses:
        text = text.replace(address, "")
    return answer.status, text


def test_neither_log_in_nor_reset_nor_tokens_tell_who_has_an_account(site: Server) -> None:
    nobody = "bob@example.com"
    for path in ("/login", "/reset"):
        known, unknown = (
            anonymous(Browser(site.address).submit(path, email=email, password="wrong"), email)
            for email in (ADA, nobody)
        )
        assert known == unknown

    def refusal(email: str) -> Answer:
        body = json.dumps({"email": email, "password": "wrong"}).encode()
        headers = {"Content-Type": "application/json"}
        return site._open(Request(f"{site.address}/token", body, headers))

    assert anonymous(refusal(ADA)) == anonymous(refusal(nobody))
    assert refusal(nobody).status == 401


def test_passwords_cannot_be_tried_out_under_other_addresses(full: Project) -> None:
    port = free_port()
    command = ("gunicorn", "my_shop.app:app", "-b", f"127.0.0.1:{port}", "-w", "1")
    with full.serve(*command, port=port, FLASK_DEBUG="0") as server:
        browser = Browser(server.address)
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', browser.get("/login").text)
        assert token
        fields = {"csrf_token": unescape(token[1]), "email": ADA, "password": "wrong"}
        answers = []
        for number in range(12):
            browser._opener.addheaders = [("X-Forwarded-For", f"192.0.2.{number}")]
            answers.append(browser.post("/login", **fields))
    assert [answer.status for answer in answers] == [200] * 10 + [429] * 2
    assert int(answers[-1].headers["Retry-After"]) > 0


# Headers


@pytest.mark.parametrize(
    "path", ["/", "/login", "/missing", "/account", "/api/pages", "/api/pages/99", "/healthz"]
)
def test_each_answer_is_guarded_by_its_headers(site: Server, path: str) -> None:
    headers = site.get(path, X_Forwarded_Proto="https").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "frame-ancestors" in policy
    assert "unsafe-inline" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]
    assert "max-age=" in headers["Strict-Transport-Security"]
    assert not {"X-Powered-By", "X-Debug"} & set(headers)


# What is generated


def test_bandit_finds_nothing(full: Project) -> None:
    code = [str(path) for path in full.folder.glob("*.py")]
    command = (sys.executable, "-m", "bandit", "-q", "-f", "json", "-x", "*/tests/*", "-r")
    done = projects.run(*command, full.package, "migrations", *code, cwd=full.folder)
    report = json.loads(done.stdout)
    assert report["errors"] == []
    found = {(each["test_id"], each["issue_text"].partition("'")[2]) for each in report["results"]}
    # Limits of endpoints whose names have to do with passwords, and the kind of a token.
    assert found <= {("B105", "10 per hour'"), ("B105", "Bearer'")}


SHAPES = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|gh[pousr]_\w{36}|sk_live_|xox[abp]-"
    r"|\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{32,}\b"
)
# Of packages, of the actions of a workflow, and of the files as they were generated.
HASHES = re.compile(r"sha256:[0-9a-f]{64}|@[0-9a-f]{40}\b")
LISTED = ".scaffold/state.toml"
# The key of Flask's documentation, which manage.py check knows and refuses.
KNOWN = {"192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf"}


def test_no_rendered_file_has_a_secret(tmp_path: Path) -> None:
    deployed = ("postgres", "kubernetes", "heroku", "nginx", "systemd", "sentry", "oauth")
    chosen = [word for name in deployed for word in ("--with", name)]
    made = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        done = projects.scaffold(
            "new", "My Shop", "-y", "--no-git", "--preset", "full", *chosen, cwd=folder
        )
        assert done.returncode == 0, done.stderr
        made.append(projects.files_in(folder / "my-shop"))
    one, two = made
    drawn = {path for path in one if one[path] != two[path]}
    assert drawn == {".env"}, "what is drawn by lot is where git does not look"
    assert ".env" in one[".gitignore"].decode().split()
    found = {
        match
        for path, content in one.items()
        if path not in {*drawn, LISTED}
        for match in SHAPES.findall(HASHES.sub("", content.decode("utf-8", "replace")))
    }
    assert found <= KNOWN


# Forms and the API, fuzzed

SCRIPT = "<script>alert(1)</script>"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300) | st.sampled_from(
    [
        SCRIPT,
        "\0",
        "a\0b@example.com",
        "%s%n",
        "' OR 1=1 --",
        "{{ 7 * 7 }}",
        "../" * 9,
        "x" * 100_000,
        "9" * 99,
    ]
)


@pytest.mark.parametrize("path", FORMS)
def test_whatever_is_typed_into_a_form_is_answered(site: Server, path: str) -> None:
    browser = Browser(site.address) if path != "/uploads" else logged_in(site)
    page = browser.get(path).text
    names = sorted(set(re.findall(r' name="(\w+)"', page)) - {"csrf_token", "viewport"})

    @given(st.fixed_dictionaries({}, optional=dict.fromkeys([*names, "next", "other"], texts)))
    @settings(max_examples=20)
    def answers(fields: dict[str, str]) -> None:
        visitor = Browser(site.address) if path == "/register" else browser
        answer = visitor.submit(path, **fields)
        assert answer.status in (200, 302, 400, 413), answer
        assert not any(word in answer.text for word in INSIDE), answer
        assert SCRIPT not in answer.text

    assert names
    answers()


def test_the_api_answers_as_its_description_says(site: Server, tmp_path: Path) -> None:
    body = json.dumps({"email": ADA, "password": PASSWORD}).encode()
    asked = Request(
        f"{site.address}/token", body, {"Content-Type": "application/json"}, method="POST"
    )
    with urlopen(asked) as answer:
        token = json.load(answer)["access_token"]
    # Left out is what flask-smorest's description says otherwise: that a header holds JSON,
    # and that a write without If-Match, which is answered 428, or with a wrong one is 422.
    checks = (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "unsupported_method",
    )
    done = projects.run(
        Path(sys.executable).with_name("schemathesis"),
        "run",
        f"{site.address}/api/openapi.json",
        *("--checks", ",".join(checks), "--header", f"Authorization: Bearer {token}"),
        *("--max-examples", "20", "--seed", "1", "--no-color"),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Tested: [1-9]", done.stdout)
