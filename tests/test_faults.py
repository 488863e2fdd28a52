"""What goes wrong outside, and what attackers send: each server goes on, and no answer tells how it works inside.

The requests are sent byte by byte over a socket, as no client library would let them pass.
"""

import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.request import Request

import projects
import pytest
from database_servers import postgres, server_folder
from projects import Answer, Project, Server, free_port, is_listening, started, wait_until
from test_servers_web import SERVERS, Ports, conf, nginx, on, ports, production

__all__ = ["nginx", "ports", "server_folder"]  # fixtures

pytestmark = pytest.mark.real

HOST = "127.0.0.1"
VIEW = '''

def size() -> str:
    """Tell how many bytes a form has that is sent."""
    file = request.files.get("file")
    return str(len(file.read() if file else request.get_data()))
'''
FORM = b"Content-Type: multipart/form-data; boundary=limit"
BEGIN = b'--limit\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
END = b"\r\n--limit--\r\n"


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Project]:
    """Make a project with some extensions, once, and a view that reads what it is sent."""
    made: dict[tuple[str, ...], Project] = {}

    def of(*extensions: str) -> Project:
        if extensions not in made:
            folder = tmp_path_factory.mktemp("-".join(extensions))
            chosen = [flag for extension in extensions for flag in ("--with", extension)]
            flags = ("--preset", "minimal", "--set", "deploy=none", "--no-git", *chosen)
            made[extensions] = project = projects.new_project(folder, *flags)
            add_view(project.folder / project.package)
        return made[extensions]

    return of


def add_view(package: Path) -> None:
    """Give an application a view that reads the body of its request."""
    views, app = package / "views.py", package / "app.py"
    docstring, _, rest = views.read_text().partition("\n")
    views.write_text(f"{docstring}\nfrom flask import request\n{rest}{VIEW}")
    route = '    app.add_url_rule("/healthz", view_func=views.healthz)\n'
    more = '    app.add_url_rule("/size", view_func=views.size, methods=["POST"])\n'
    text = app.read_text()
    assert text.count(route) == 1
    app.write_text(text.replace(route, route + more))


@pytest.fixture(scope="session")
def project(request: pytest.FixtureRequest, make: Callable[..., Project]) -> Project:
    """The project of a server."""
    return make(request.param)


# What is sent


def request(line: bytes, *headers: bytes, host: bytes = HOST.encode(), body: bytes = b"") -> bytes:
    """Return a request, after which the connection is closed."""
    head = [line + b" HTTP/1.1", b"Host: " + host, b"Connection: close", *headers]
    return b"\r\n".join(head) + b"\r\n\r\n" + body


LENGTH = b"Content-Length: "
CHUNKED = b"Transfer-Encoding: chunked"
HOSTILE = {
    "a header of 10,000 bytes": request(b"GET /", b"X-Big: " + b"a" * 10_000),
    "1,000 headers": request(b"GET /", *(b"X-%d: 1" % number for number in range(1000))),
    "an address of 10,000 bytes": request(b"GET /?q=" + b"a" * 10_000),
    "a path that is no UTF-8": request(b"GET /\xff\xfe"),
    "an escaped path that is no UTF-8": request(b"GET /%ff%fe"),
    "a query that is no UTF-8": request(b"GET /?q=%c3%28"),
    "headers that are no UTF-8": request(
        b"GET /", b"User-Agent: \xff\xc3(", b"Accept-Language: \xff", b"Cookie: session=\xff\xc3("
    ),
    "a form that is no UTF-8": request(
        b"POST /size",
        b"Content-Type: application/x-www-form-urlencoded",
        LENGTH + b"6",
        body=b"a=\xff\xfe%ff"[:6],
    ),
    "a null byte": request(b"GET /%00"),
    "a length that is no number": request(b"POST /size", LENGTH + b"abc"),
    "a negative length": request(b"POST /size", LENGTH + b"-5"),
    "two lengths": request(b"POST /size", LENGTH + b"5", LENGTH + b"6", body=b"123456"),
    "a length and chunks": request(b"POST /size", LENGTH + b"5", CHUNKED, body=b"0\r\n\r\n"),
    "a chunk whose size is no number": request(b"POST /size", CHUNKED, body=b"zz\r\n\r\n"),
    "a method that there is not": request(b"FOO /"),
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    "a boundary that is no text": request(
        b"POST /size",
        b"Content-Type: multipart/form-data; boundary=\xff",
        LENGTH + b"4",
        body=b"abcd",
    ),
}
TRAVERSALS = [
    b"/static/../settings.py",
    b"/static/..%2fsettings.py",
    b"/static/%2e%2e/%2e%2e/.env",
    b"/static/..%5c..%5c.env",
    b"/static//etc/passwd",
    b"/static/" + b"../" * 12 + b"etc/passwd",
    b"/static/" + b"..%2f" * 12 + b"etc/passwd",
    b"/static/%252e%252e/settings.py",
    b"/static/style.css%00.png",
    b"/static../settings.py",
    b"/static/..;/settings.py",
]
# As they are in those files, and on no page.
SECRETS = (b"SECRET_KEY", b"root:x:", b"MAX_CONTENT_LENGTH")
INSIDE = (b"Traceback", b"site-packages", b'File "', b"werkzeug", b"Werkzeug")


def ask(port: int, data: bytes, patience: float = 20) -> bytes:
    """Send some bytes, and return all that comes back until the server closes the connection."""
    received = b""
    with socket.create_connection((HOST, port), timeout=patience) as connection:
        # A server may answer and close before it has read all.
        with suppress(ConnectionError):
            connection.sendall(data)
        with suppress(ConnectionError):
            while part := connection.recv(65536):
                received += part
    return received


def status(answer: bytes) -> int:
    """Return the status of an answer; 0 where the server has hung up without a word."""
    found = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
    return int(found[1]) if found else 0


def processes(server: Server) -> set[int]:
    """Return the numbers of a server's processes below the one that was started."""
    done = subprocess.run(
        ["ps", "-o", "pid=", "-g", str(server._process.pid)], capture_output=True, text=True
    )
    return {int(word) for word in done.stdout.split()}


@contextmanager
def unharmed(server: Server) -> Iterator[None]:
    """Check that a server lives on: no process of it has died, and it answers."""
    time.sleep(1)  # some may still be starting
    before = processes(server)
    yield
    assert server.get("/").status == 200
    assert processes(server) == before


def assert_nothing_told(answer: bytes) -> None:
    """Check that an answer shows nothing of the code."""
    assert not any(word in answer.partition(b"\r\n\r\n")[2] for word in INSIDE), answer


@on(*SERVERS)
def test_hostile_requests_are_refused_or_answered(project: Project) -> None:
    port = free_port()
    with (
        project.serve(*project.web, port=port, **production(port)) as server,
        unharmed(server),
    ):
        answers = {what: ask(port, data) for what, data in HOSTILE.items()}
    # gunicorn has the application read the chunks, and what it raises then is nobody's but its own.
    failed = {what for what, answer in answers.items() if status(answer) >= 500}
    assert failed <= {"a chunk whose size is no number"}
    for answer in answers.values():
        assert_nothing_told(answer)


@on(*SERVERS)
def test_what_browsers_may_send_is_taken(project: Project) -> None:
    port = free_port()
    headers = (b"Cookie: a=" + b"a" * 4000, b"Referer: http://127.0.0.1/?" + b"b" * 4000)
    with project.serve(*project.web, port=port, **production(port)):
        answer = ask(port, request(b"GET /?" + b"c" * 2000, *headers))
    assert status(answer) == 200


@on(*SERVERS)
def test_no_path_leads_out_of_the_static_files(project: Project) -> None:
    port = free_port()
    with (
        project.serve(*project.web, port=port, **production(port)) as server,
        unharmed(server),
    ):
        answers = {path: ask(port, request(b"GET " + path)) for path in TRAVERSALS}
        assert status(ask(port, request(b"GET /static/style.css"))) == 200
    for path, answer in answers.items():
        assert status(answer) in (0, 308, 400, 404), (path, answer)  # 308: // is made a /
        assert not any(word in answer for word in SECRETS), (path, answer)


@on(*SERVERS)
def test_requests_for_a_host_that_is_not_trusted_are_refused(project: Project) -> None:
    port = free_port()
    surroundings = production(port, TRUSTED_HOSTS=f"{HOST},shop.example.com")
    attacks = [
        request(b"GET /", host=b"evil.example"),
        request(b"GET /", host=b"evil.example:80"),
        request(b"GET /", host=b"shop.example.com.evil.example"),
        request(b"GET /", host=b"shop.example.com@evil.example"),
        request(b"GET /", host=b"a b<>"),
        request(b"GET /", host=b"\xff\xfe"),
        request(b"GET /", b"Host: 127.0.0.1", host=b"evil.example"),
        b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    ]
    with project.serve(*project.web, port=port, **surroundings) as server, unharmed(server):
        answers = [ask(port, data) for data in attacks]
        forwarded = request(b"GET /static//x", b"X-Forwarded-Host: evil.example")
        assert b"evil.example" not in ask(port, forwarded)
        assert status(ask(port, request(b"GET /", host=b"shop.example.com"))) == 200
    assert {status(answer) for answer in answers} <= {0, 400}
    assert not any(b"evil.example/" in answer for answer in answers)


@on(*SERVERS)
@pytest.mark.parametrize("way", ["length", "chunks"])
def test_an_upload_of_100_megabytes_is_refused(project: Project, way: str) -> None:
    port = free_port()
    many = 100 * 1024 * 1024
    if way == "length":
        sent = request(b"POST /size", FORM, LENGTH + b"%d" % many, body=BEGIN + b"x" * many)
    else:
        part = b"%x\r\n" % 1_048_576 + b"x" * 1_048_576 + b"\r\n"
        body = b"%x\r\n" % len(BEGIN) + BEGIN + b"\r\n" + part * 100 + b"0\r\n\r\n"
        sent = request(b"POST /size", FORM, CHUNKED, body=body)
    whole = BEGIN + b"x" * 1_000_000 + END
    with (
        project.serve(*project.web, port=port, **production(port)) as server,
        unharmed(server),
    ):
        taken = ask(port, request(b"POST /size", FORM, LENGTH + b"%d" % len(whole), body=whole))
        answer = ask(port, sent)
    assert taken.endswith(b"1000000")
    # uWSGI knows no chunks: for it, there is no body.
    nothing = status(answer) == 200 and answer.endswith(b"\r\n\r\n0")
    assert nothing or status(answer) in (0, 400, 413), answer


# Clients that send slowly

# Where a thread or a process reads a request, whoever sends slowly holds it up; these need somebody in front.
PATIENT = ("gevent", "granian", "tornado", "waitress")


@contextmanager
def slow_clients(port: int, number: int = 60) -> Iterator[None]:
    """Have clients connect that begin a request and never end it."""
    with ExitStack() as stack:
        for _ in range(number):
            connection = stack.enter_context(socket.create_connection((HOST, port), timeout=20))
            connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        time.sleep(0.5)
        yield


@on(*PATIENT)
def test_slow_clients_keep_nobody_waiting(project: Project) -> None:
    port = free_port()
    with (
        project.serve(*project.web, port=port, **production(port)) as server,
        unharmed(server),
        slow_clients(port),
    ):
        assert status(ask(port, request(b"GET /"), 10)) == 200


@pytest.mark.parametrize("name", ["gunicorn", "uwsgi"])
def test_behind_nginx_slow_clients_keep_nobody_waiting(
    make: Callable[..., Project], name: str, nginx: str, ports: Ports, tmp_path: Path
) -> None:
    project = make(name, "nginx")
    file = conf(project, tmp_path, ports)
    settings = {"UWSGI_SOCKET": f"{tmp_path}/web.sock"} if name == "uwsgi" else {}
    surroundings = production(ports.server, **settings)
    log = tmp_path / "nginx.log"
    long = b"Cookie: a=" + b"a" * 6000
    with (
        started(nginx, "-c", file, cwd=tmp_path, log=log, environment=surroundings),
        project.serve(*project.web, port=ports.server, **surroundings),
    ):
        wait_until(lambda: is_listening(ports.nginx), "nginx")
        with slow_clients(ports.nginx):
            assert status(ask(ports.nginx, request(b"GET /"), 10)) == 200
        assert status(ask(ports.nginx, request(b"GET /", long))) == 200
        assert status(ask(ports.nginx, request(b"GET /", b"X-Big: " + b"a" * 10_000))) == 400
        assert status(ask(ports.nginx, request(b"POST /size", LENGTH + b"104857600"))) == 413
        for path in TRAVERSALS:
            answer = ask(ports.nginx, request(b"GET " + path))
            assert status(answer) in (308, 400, 404), answer
            assert not any(word in answer for word in SECRETS), (path, answer)


# What a project needs is away

FULL = pytest.mark.xdist_group("full")


@contextmanager
def served(project: Project, *before: str, **settings: str) -> Iterator[Server]:
    """Serve a project by gunicorn, with debug off and without limits."""
    port = free_port()
    command = (*before, str(project.folder / ".venv/bin/gunicorn"), f"{project.package}.app:app")
    limits = {"RATELIMIT_ENABLED": "0", "FORCE_HTTPS": "0"}
    surroundings = production(port, **{**limits, **settings})
    with project.serve(*command, port=port, **surroundings) as server:
        yield server


def assert_page(server: Server, path: str, *statuses: int) -> None:
    """Check how a page is answered, and that it tells nothing of the code or of addresses."""
    answer = server.get(path)
    assert answer.status in statuses, (path, answer)
    told = [word for word in (*INSIDE, b"s3cret", b"sqlalchemy") if word.decode() in answer.text]
    assert not told, (path, answer)


@FULL
def test_without_its_database_a_project_starts_and_serves_what_needs_none(full: Project) -> None:
    full.install("psycopg[binary]")
    url = f"postgresql://ada:s3cret@{HOST}:{free_port()}/shop"
    with served(full, DATABASE_URL=url) as server, unharmed(server):
        for path in ("/", "/healthz", "/preferences", "/login", "/api/status"):
            assert_page(server, path, 200)
        assert_page(server, "/readyz", 503)
        assert json.loads(server.get("/readyz").text)["failed"] == ["database"]
        for path in ("/api/pages", "/pages/1"):
            assert_page(server, path, 503)
            assert server.get(path).headers["Retry-After"]


@FULL
def test_without_redis_pages_are_answered_past_the_cache_and_the_limits(full: Project) -> None:
    limited = {"RATELIMIT_ENABLED": "1", "RATELIMIT_DEFAULT": "2 per minute"}
    url = f"redis://{HOST}:{free_port()}/0"
    with served(full, REDIS_URL=url, WEB_CONCURRENCY="1", **limited) as server, unharmed(server):
        for path in ("/pages/", "/api/pages", "/api/status", "/static/style.css"):
            assert_page(server, path, 200)
        assert_page(server, "/pages/", 200)
        assert_page(server, "/pages/", 429)  # it is counted in memory
        assert_page(server, "/readyz", 503)
        # Sessions are in Redis, too, and the counter is nowhere else.
        for path in ("/preferences", "/counter"):
            assert_page(server, path, 503)


SMALL = (
    'mount -t tmpfs -o size=3m tmpfs instance && .venv/bin/python manage.py release && exec "$@"'
)


@FULL
def test_on_a_full_disk_nothing_is_lost_but_what_does_not_fit(full: Project) -> None:
    unshare = ("unshare", "--mount", "--map-root-user")
    if projects.run(*unshare, "mount", "-t", "tmpfs", "tmpfs", "/mnt", cwd=full.folder).returncode:
        pytest.skip("needs a file system of its own")
    with served(full, *unshare, "sh", "-ec", SMALL, "sh") as server, unharmed(server):
        account = {"email": "ada@example.com", "password": "correct horse battery"}
        assert server.submit("/register", repeated=account["password"], **account).status == 302
        statuses = [upload(server, 500_000) for _ in range(8)]
        assert statuses[0] == 302
        assert statuses[-1] == 500
        for path in ("/", "/pages/", "/account", "/api/pages", "/healthz"):
            assert_page(server, path, 200)
        assert_page(server, "/login", 200, 302)

        seen = Path(f"/proc/{server._process.pid}/root{full.folder}/instance/uploads")
        files = [path for path in seen.rglob("*") if path.is_file()]
        assert {path.stat().st_size for path in files} == {500_000}, "no file is cut off"
        shutil.rmtree(seen)
        assert upload(server, 500_000) == 302


def upload(server: Server, number: int) -> int:
    """Upload a text of so many bytes, and return the status of the answer."""
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', server.get("/uploads").text)
    assert token
    part = "--limit\r\nContent-Disposition: form-data; name="
    body = (
        f'{part}"csrf_token"\r\n\r\n{token[1]}\r\n'
        f'{part}"file"; filename="a.txt"\r\n\r\n{"x" * number}\r\n--limit--\r\n'
    )
    headers = {"Content-Type": "multipart/form-data; boundary=limit"}
    return server._open(Request(f"{server.address}/uploads", body.encode(), headers)).status


@FULL
def test_postgresql_is_never_asked_for_what_no_text_of_its_own_can_be(
    full: Project, server_folder: Path
) -> None:
    full.install("psycopg[binary]")
    with postgres(server_folder) as database:
        settings = {"DATABASE_URL": database.url, "API_WRITERS": "ada@example.com"}
        full.must_run("python", "manage.py", "release", **settings)
        with served(full, **settings) as server:
            account = {"email": "ada@example.com", "password": "correct horse battery"}
            server.submit("/register", repeated=account["password"], **account)
            token = json.loads(send(server, "/token", account).text)["access_token"]
            writer = {"Authorization": f"Bearer {token}"}
            for text in ("a\0b", "\ud800"):
                for path, data, status in (
                    ("/token", {"email": text, "password": "wrong"}, 401),
                    ("/token", {"email": account["email"], "password": text}, 401),
                    ("/api/pages", {"title": text}, 422),
                    ("/api/pages", {"title": "A", "text": text}, 422),
                ):
                    answer = send(server, path, data, **writer)
                    assert answer.status == status, (path, data, answer)
            for path in ("/pages/99999999999", "/api/pages/99999999999"):
                assert_page(server, path, 404)
            assert_page(server, "/api/pages?page=99999999999999999999", 200)
            answer = server.submit("/login", email="a\0b@example.com", password="a\0b")
            assert answer.status == 200


def send(server: Server, path: str, data: Mapping[str, str], **headers: str) -> Answer:
    """Send data as JSON."""
    headers["Content-Type"] = "application/json"
    return server._open(Request(server.address + path, json.dumps(data).encode(), headers))
