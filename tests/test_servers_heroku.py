"""Projects as Heroku runs them: by its own command line, by honcho, as a dyno that is stopped, with its Redis.

What Heroku's buildpack puts into the environment of a dyno is as its repository documents it.
"""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import projects
import pytest
from projects import Done, Project, free_port, is_listening, run, started, wait_until
from workers import working

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("heroku")]

NODE_MODULES = Path(__file__).parent.parent / "node_modules/.bin"

# What a web dyno of 512 MB finds there.
DYNO = {
    "DYNO": "web.1",
    "DYNO_RAM": "512",
    "WEB_CONCURRENCY": "2",
    "FORWARDED_ALLOW_IPS": "*",
    "GUNICORN_CMD_ARGS": "--access-logfile -",
    "PYTHONUNBUFFERED": "true",
    "TRUSTED_PROXIES": "1",
    "FLASK_DEBUG": "0",
}
# What its router adds to a request.
ROUTED = {
    "X_Request_Id": "2e3a4f1c-90ab-4c1d-8e5f-0123456789ab",
    "X_Forwarded_For": "192.0.2.7",
    "X_Forwarded_Proto": "https",
}

Local = Callable[..., list[str | Path]]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with a database to release, a worker, a commit, and a slow view."""
    folder = tmp_path_factory.mktemp("heroku")
    flags = ("--set", "deploy=heroku", "--with", "celery", "--with", "redis")
    return with_slow_view(projects.new_project(folder, *flags))


@pytest.fixture(scope="module")
def logging_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """One whose log lines are structlog's."""
    folder = tmp_path_factory.mktemp("structlog")
    flags = ("--preset", "minimal", "--set", "deploy=heroku", "--with", "structlog")
    return projects.new_project(folder, *flags)


def with_slow_view(project: Project) -> Project:
    """Give a project a view that takes its time, and commit it."""
    views = project.folder / project.package / "views.py"
    views.write_text(
        '"""Views of the application itself, outside any blueprint."""\n\nimport time\n'
        + views.read_text().split("\n", 1)[1]
        + '\n\ndef slow(seconds: float) -> str:\n    time.sleep(seconds)\n    return "done"\n'
    )
    app = project.folder / project.package / "app.py"
    route = '    app.add_url_rule("/healthz", view_func=views.healthz)\n'
    slow = '    app.add_url_rule("/slow/<float:seconds>", view_func=views.slow)\n'
    app.write_text(app.read_text().replace(route, route + slow))
    project.must_run("git", "commit", "-qam", "A slow view")
    return project


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Local:
    """Heroku's command line; .ci/run puts it there."""
    places = os.pathsep.join([str(NODE_MODULES), os.environ["PATH"]])
    program = shutil.which("heroku", path=places)
    if program is None:
        pytest.skip("needs heroku, from npm")
    # It tells its maker how it is used, and writes into the home folder.
    home = tmp_path_factory.mktemp("home")
    alone = (f"HOME={home}", "DISABLE_TELEMETRY=true", "HEROKU_SKIP_NEW_VERSION_CHECK=true")

    def command(*words: str) -> list[str | Path]:
        return ["env", *alone, program, "local", *words]

    return command


def processes(project: Project) -> dict[str, str]:
    """Return the processes of the Procfile."""
    text = (project.folder / "Procfile").read_text()
    return dict(re.findall(r"^(\w+): (.*)$", text, re.MULTILINE))


def tables(database: Path) -> set[str]:
    with sqlite3.connect(database) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}


# Before a push


def test_a_project_that_was_installed_and_committed_may_be_pushed(project: Project) -> None:
    done = projects.scaffold("deploy", "heroku", "--check", "--json", cwd=project.folder)

    found = json.loads(done.stdout)
    assert done.returncode == 0, done.stdout
    assert [f for f in found["findings"] if f["status"] != "ok"] == []


# The Procfile


@pytest.mark.parametrize("runner", ["heroku local", "honcho"])
def test_the_procfile_runs_with_the_release_first(
    project: Project, request: pytest.FixtureRequest, tmp_path: Path, runner: str
) -> None:
    port, database = free_port(), tmp_path / "app.db"
    surroundings = {"DATABASE_URL": f"sqlite:///{database}"}
    if runner == "honcho":
        release = ["honcho", "run", "sh", "-c", processes(project)["release"]]
        start, surroundings["PORT"] = ["honcho", "start"], str(port)
    else:
        local: Local = request.getfixturevalue("local")
        release, start = local("release"), local("--port", str(port))

    project.must_run(*release, **surroundings)
    assert {"alembic_version", "pages"} <= tables(database)

    with project.serve(*start, port=port, **surroundings) as server:
        assert "My Shop" in server.get("/").text
        assert server.get("/pages/").status == 200
        server.wait_for("Without CELERY_BROKER_URL")  # the worker
        # As one stops it in a terminal: a signal to `heroku local` alone does not reach what it has started.
        server.interrupt()
        wait_until(server.is_gone, "nobody listens")
        assert "Traceback" not in server.output()
        assert "SIGKILL" not in server.output()


# A dyno


def test_a_dyno_that_is_stopped_answers_what_it_has_begun(project: Project) -> None:
    """Heroku sends SIGTERM to all processes of a dyno at once, and kills what is left after 30 seconds."""
    port = free_port()
    command = ("sh", "-c", processes(project)["web"])
    with (
        project.start(*command, port=port, PORT=str(port), **DYNO) as server,
        ThreadPoolExecutor(3) as pool,
    ):
        wait_until(server.is_up, "an answer")
        answers = [pool.submit(server.get, f"/slow/{seconds}") for seconds in (2.0, 4.0, 6.0)]
        idle = socket.create_connection(("127.0.0.1", port))
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: shop\r\n\r\n")
        assert idle.recv(100).startswith(b"HTTP/1.1 200")
        time.sleep(0.5)
        began = time.monotonic()
        server.stop_all()

        assert [answer.result().text for answer in answers] == ["done"] * 3
        wait_until(server.is_gone, "nobody listens")
        assert time.monotonic() - began < 28
        assert "SIGKILL" not in server.output()
        idle.close()


@pytest.mark.parametrize("kind", ["project", "logging_project"])
def test_a_request_has_one_line_with_the_id_that_herokus_router_gave_it(
    request: pytest.FixtureRequest, kind: str
) -> None:
    made: Project = request.getfixturevalue(kind)
    port = free_port()
    with made.serve(
        "sh", "-c", processes(made)["web"], port=port, PORT=str(port), **DYNO
    ) as server:
        server.get("/missing", **ROUTED)
        server.wait_for(ROUTED["X_Request_Id"])
        assert server.stop() in (0, -signal.SIGTERM)
        lines = [line for line in server.output().splitlines() if "/missing" in line]

    assert len(lines) == 1
    assert ROUTED["X_Request_Id"] in lines[0]
    assert "192.0.2.7" in lines[0]


def test_a_dyno_has_as_many_workers_as_its_memory_allows(project: Project) -> None:
    port = free_port()
    larger = {**DYNO, "PORT": str(port), "DYNO_RAM": "1024", "WEB_CONCURRENCY": "4"}
    with project.serve("sh", "-c", processes(project)["web"], port=port, **larger) as server:
        server.wait_for("Booting worker", times=4)
        assert f"Listening at: http://0.0.0.0:{port}" in server.output()


# Heroku's Redis


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis that speaks TLS only, with a certificate that it has signed itself."""
    program, openssl = shutil.which("redis-server"), shutil.which("openssl")
    if program is None or openssl is None:
        pytest.skip("needs redis-server and openssl")
    folder, port = tmp_path_factory.mktemp("redis"), free_port()
    made = run(
        *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
        *("-subj", "/CN=redis", "-keyout", "key.pem", "-out", "certificate.pem"),
        cwd=folder,
    )
    assert made.returncode == 0, made.stderr
    command = (
        *(program, "--port", "0", "--tls-port", str(port), "--bind", "127.0.0.1", "--save", ""),
        *("--tls-key-file", "key.pem", "--tls-cert-file", "certificate.pem"),
        *("--tls-auth-clients", "no", "--requirepass", "secret"),
    )
    environment = projects.clean_environment()
    with started(*command, cwd=folder, log=folder / "log", environment=environment):
        wait_until(lambda: is_listening(port), "Redis")
        yield f"rediss://:secret@127.0.0.1:{port}"


def counted(project: Project, **environment: str) -> Done:
    """Count in Redis, as the counter's page does."""
    code = "from my_shop import create_app; from my_shop.extensions import redis\n"
    code += "with create_app().app_context(): print(redis.incr('visits'))"
    return project.run("python", "-c", code, **environment)


def test_herokus_certificate_is_let_pass_as_app_json_says(project: Project, redis_url: str) -> None:
    said = json.loads((project.folder / "app.json").read_text())["env"]["REDIS_SSL_CERT_REQS"]
    lenient = {"REDIS_SSL_CERT_REQS": said["value"]}

    assert counted(project, REDIS_URL=redis_url, **lenient).stdout == "1\n"
    assert "certificate verify failed" in counted(project, REDIS_URL=redis_url).stderr


def test_the_address_over_tls_wins_where_heroku_sets_both(project: Project, redis_url: str) -> None:
    nobody = f"redis://127.0.0.1:{free_port()}"
    both = {"REDIS_URL": nobody, "REDIS_TLS_URL": redis_url, "REDIS_SSL_CERT_REQS": "none"}

    assert counted(project, **both).returncode == 0


def test_tasks_wait_in_herokus_redis_for_a_worker(
    project: Project, redis_url: str, tmp_path: Path
) -> None:
    heroku = {"REDIS_URL": redis_url, "REDIS_SSL_CERT_REQS": "none", "FLASK_DEBUG": "0"}
    with working(project, tmp_path / "worker.log", **heroku) as worker:
        worker.wait_for("ready.")
        done = worker.run("ping-worker")

    assert (done.returncode, "Tasks are done on" in done.stdout) == (0, True), done.stderr
