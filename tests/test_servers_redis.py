"""A real Redis behind the cache, the sessions, the rate limits and the counter: all processes share what is in it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import projects
import pytest
from projects import Browser, Project, Server, free_port, wait_until
from redis_server import RedisServer, redis_server

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("servers-redis")]

CHOSEN = ("caching", "limiter", "login", "redis", "session")
ACCOUNT = {"email": "ada@example.com", "password": "correct horse battery"}


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A server for all tests."""
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="module")
def project(redis: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with all that can use the server."""
    flags = [flag for name in CHOSEN for flag in ("--with", name)]
    folder = tmp_path_factory.mktemp("project")
    made = projects.new_project(folder, "--preset", "minimal", "--no-git", *flags)
    made.must_run("python", "manage.py", "release")
    return made


@contextmanager
def served(project: Project, redis: RedisServer, **settings: str) -> Iterator[Server]:
    """Serve it by three processes; the test's settings are the whole environment's."""
    port = free_port()
    command = ("gunicorn", f"{project.package}.app:app", "-b", f"127.0.0.1:{port}", "-w", "3")
    surroundings = {"REDIS_URL": redis.url(), "FLASK_DEBUG": "0", **settings}
    with project.serve(*command, port=port, **surroundings) as server:
        yield server


def test_all_processes_count_in_one_place(project: Project, redis: RedisServer) -> None:
    with served(project, redis) as site:
        for number in range(1, 10):
            assert f"viewed {number} time(s)" in site.get("/counter").text


def test_what_changes_is_out_of_the_cache_for_all(project: Project, redis: RedisServer) -> None:
    with served(project, redis) as site:
        for title in ("First page", "Second page"):
            site.get("/pages/")
            assert any(key.endswith("cache:pages") for key in redis.all_keys())
            project.must_run("python", "manage.py", "add-page", title, REDIS_URL=redis.url())
            assert all(title in site.get("/pages/").text for _ in range(9))

        project.must_run("python", "manage.py", "clear-cache", REDIS_URL=redis.url())
        assert not any("cache" in key for key in redis.all_keys())
        assert "counter_key" in redis.all_keys()


def test_a_session_outlives_the_server_and_ends_by_command(
    project: Project, redis: RedisServer
) -> None:
    with served(project, redis) as site:
        ada = Browser(site.address)
        assert ada.submit("/register", repeated=ACCOUNT["password"], **ACCOUNT).status == 302
        assert all(ada.get("/account").status == 200 for _ in range(9))

    with served(project, redis) as site:
        ada.address = site.address
        assert ada.get("/account").status == 200
        assert any("session:" in key for key in redis.all_keys())
        project.must_run("python", "manage.py", "forget-sessions", REDIS_URL=redis.url())
        assert ada.get("/account").status == 302


def test_limits_hold_over_all_processes(project: Project, redis: RedisServer) -> None:
    with served(project, redis, RATELIMIT_DEFAULT="5 per minute") as site:
        statuses = [site.get("/preferences").status for _ in range(12)]
    assert statuses == [200] * 5 + [429] * 7


def test_limits_hold_in_memory_while_the_server_is_away(project: Project) -> None:
    away = RedisServer(free_port())
    settings = {"SESSION_REDIS_URL": "", "RATELIMIT_STORAGE_URI": away.url()}
    port = free_port()
    command = ("gunicorn", f"{project.package}.app:app", "-b", f"127.0.0.1:{port}", "-w", "1")
    limited = {"RATELIMIT_DEFAULT": "5 per minute", "FLASK_DEBUG": "0", **settings}
    with project.serve(*command, port=port, **limited) as site:
        statuses = [site.get("/preferences").status for _ in range(7)]
    assert statuses == [200] * 5 + [429] * 2


def test_a_project_is_ready_while_redis_answers(project: Project, redis: RedisServer) -> None:
    with served(project, redis) as site:
        assert site.get("/readyz").status == 200
        redis.ask("CLIENT", "PAUSE", "8000")  # it takes what is asked, and says nothing
        answer = site.get("/readyz")
        assert site.get("/healthz").status == 200
        assert answer.status == 503
        told = json.loads(answer.text)
        assert set(told["failed"]) == {"redis", "sessions"}
        assert set(told["without"]) == {"cache", "rate limits"}
        wait_until(lambda: site.get("/readyz").status == 200, "Redis answers again")
