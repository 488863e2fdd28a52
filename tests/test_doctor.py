"""``scaffold doctor``: its checks in memory, and real projects with something wrong."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import MakeCatalog
from flask import Flask, Response
from projects import SITE, Done, Project, new_project, scaffold

from scaffold_cli import cli, doctor
from scaffold_cli.catalog import Catalog
from scaffold_cli.doctor import Checked, Finding, Migrations, Told
from scaffold_cli.errors import CatalogError
from scaffold_cli.examination import PROBE
from scaffold_cli.probe import is_at

KEY = "0123456789abcdef" * 4
LINUX = {"sys_platform": "linux", "python_full_version": "3.12.3", "implementation_name": "cpython"}
RUN = """\
# What the application runs on.
flask==3.1.3 \\
    --hash=sha256:00
Flask_Mail==0.10.0 \\
    --hash=sha256:00
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:00
"""
DEVELOP = "-r requirements.txt\npytest==9.2.0 \\\n    --hash=sha256:00\n"
# What is said to be bound to an application that has its settings, and no extensions yet.
UNBOUND = """
import runpy
from my_shop.core import App
app = App("my_shop")
app.configure(".settings")
is_at = runpy.run_path({probe!r})["is_at"]
print([name for name, path in {paths!r}.items() if is_at(app, path)])
"""
RIGHT = {"flask": "3.1.3", "flask-mail": "0.10.0", "pytest": "9.2.0", "pip": "26.1"}


def found(findings: Iterator[Finding]) -> list[str]:
    """Return findings as short lines."""
    return [f"{one.status} {one.message}" for one in findings]


@pytest.mark.parametrize(
    ("marker", "holds"),
    [
        ("sys_platform == 'win32'", False),
        ("sys_platform != 'win32'", True),
        ("python_full_version < '3.12'", False),
        ("python_full_version >= '3.9'", True),
        ("python_full_version >= '3.12.3'", True),
        ("python_full_version <= '3.12.2'", False),
        ("python_full_version > '3.12'", True),
        ("sys_platform == 'linux' and python_full_version < '3.11'", False),
        ("(sys_platform == 'linux' and python_full_version < '3.11') or os_name != 'nt'", True),
        ("implementation_name == 'cpython'", True),
    ],
)
def test_markers_hold_as_pip_has_it(marker: str, holds: bool) -> None:
    assert doctor.holds(marker, LINUX) is holds


def test_every_marker_of_the_tested_set_is_understood() -> None:
    from packaging.markers import Marker, default_environment

    from scaffold_cli import pins

    tested = pins.tested()
    text = tested.closure(tested.requirements)
    markers = {
        line.partition(" ; ")[2].rstrip(" \\") for line in text.splitlines() if " ; " in line
    }

    here = {key: str(value) for key, value in default_environment().items()}
    assert markers
    for marker in markers:
        assert doctor.holds(marker, here) == Marker(marker).evaluate(), marker


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["ok 4 packages, all as pinned"]),
        ({"flask": None}, ["fail not installed: flask"]),
        ({"pytest": None}, ["warn not installed: pytest"]),
        ({"flask": "3.0.0"}, ["warn not the pinned version: flask 3.0.0 for 3.1.3"]),
        ({"left-pad": "1.0"}, ["warn not in the requirements: left-pad"]),
    ],
    ids=lambda value: str(value),
)
def test_what_is_installed_is_compared_with_the_pins(
    changes: dict[str, str | None], expected: list[str]
) -> None:
    installed = {name: version for name, version in {**RIGHT, **changes}.items() if version}

    told = Told(installed=installed, markers=LINUX)

    assert found(doctor.environment(told, RUN, DEVELOP, production=False)) == expected


def test_a_server_need_not_have_what_develops() -> None:
    told = Told({"flask": "3.1.3", "flask-mail": "0.10.0"}, LINUX)

    assert found(doctor.environment(told, RUN, DEVELOP, production=True)) == [
        "ok 2 packages, all as pinned"
    ]


def test_many_names_are_cut_short() -> None:
    told = Told({**RIGHT, **{f"p{number}": "1" for number in range(8)}}, LINUX)

    assert found(doctor.environment(told, RUN, DEVELOP, production=False)) == [
        "warn not in the requirements: p0, p1, p2, p3, p4 and 3 more"
    ]


def test_a_file_that_is_gone_is_told_with_the_way_back_and_a_seed_is_its_owners() -> None:
    recorded = {"app.py": "managed", "index.html": "seed", "there.py": "managed"}

    gone, seed = doctor.files(recorded, lambda path: path == "there.py")

    assert (gone.status, seed.status) == ("warn", "ok")
    assert "cp .scaffold/base/app.py app.py" in gone.mend


@pytest.mark.parametrize(("version", "status"), [("3.10.9", "fail"), ("3.11.0", "ok")])
def test_an_older_python_is_refused(version: str, status: str) -> None:
    (finding,) = doctor.python(Told(markers={"python_full_version": version}), "3.11")

    assert finding.status == status


def test_a_place_is_a_path_of_attributes_keys_and_names_of_functions() -> None:
    app = Flask("shop")
    app.extensions["cache"] = {"shop": app}
    app.after_request(mark)

    assert is_at(app, "extensions.cache.shop.url_map")
    assert is_at(app, "after_request_funcs.None.mark")
    for path in (
        "extensions.redis",
        "after_request_funcs.None.other",
        "after_request_funcs.api.mark",
    ):
        assert not is_at(app, path)


def mark(response: Response) -> Response:
    return response


def test_what_is_not_bound_is_told_with_its_place(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog(
        {
            "a/extension.toml": 'bound = "extensions.a"',
            "b/extension.toml": 'bound = "b_manager"',
            "c/extension.toml": "",
        }
    )

    findings = doctor.extensions(Told(bound={"a": True, "b": False}), [catalog[n] for n in "abc"])

    assert found(findings) == ["ok it starts", "fail b is not at b_manager", "ok bound: a"]


def test_an_application_that_does_not_start_is_one_failure(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog({"a/extension.toml": 'bound = "extensions.a"'})

    assert found(doctor.extensions(Told(error="ImportError: no x"), [catalog["a"]])) == [
        "fail ImportError: no x"
    ]


WEAK = Checked("secret_key", "error", "SECRET_KEY is short: 9 characters", "Make another")
OPEN = Checked("debug", "error", "FLASK_DEBUG is on", "Set FLASK_DEBUG=0")
FORGETFUL = Checked("check", "warning", "X_URL: it forgets.", "Set X_URL")
REMINDER = Checked("https_elsewhere", "info", "https is left to the proxy", "Have it redirect")


def test_a_weak_key_is_told_and_fails_on_a_server() -> None:
    told = Told(checks=(WEAK,))

    here, there = (next(doctor.settings(told, production=p)) for p in (False, True))

    assert here.message == there.message == WEAK.message
    assert (here.status, there.status) == ("warn", "fail")


def test_what_is_unfit_for_a_server_is_told_only_for_one() -> None:
    told = Told(checks=(OPEN, FORGETFUL, REMINDER))

    here = [f.status for f in doctor.settings(told, production=False)]
    there = found(doctor.settings(told, production=True))

    assert here == ["ok", "skip"]
    assert there == [
        "ok SECRET_KEY is set, and long enough",
        "fail FLASK_DEBUG is on",
        "warn X_URL: it forgets.",
        "ok https is left to the proxy",
    ]


def test_a_project_without_checks_is_told_nothing_of_its_settings() -> None:
    assert found(doctor.settings(Told(), production=True)) == []


@pytest.mark.parametrize(
    ("migrations", "expected"),
    [
        (None, []),
        (Migrations(), ["ok the database is as the models are"]),
        (Migrations(missing=True), ["warn there is no database yet"]),
        (Migrations(pending=("a1 First",)), ["fail pending: a1 First"]),
        (
            Migrations(changes=("add_table x",)),
            ["warn the models have changed: add_table x"],
        ),
    ],
    ids=str,
)
def test_migrations(migrations: Migrations | None, expected: list[str]) -> None:
    assert found(doctor.migrations(Told(migrations=migrations))) == expected


def test_vulnerabilities_are_told_with_the_version_that_mends_them() -> None:
    hole = {"id": "CVE-2030-1", "fix_versions": ["3.2"]}
    report = {
        "dependencies": [
            {"name": "flask", "version": "3.1.3", "vulns": [hole]},
            {"name": "click", "version": "8.3", "vulns": []},
            {"name": "own", "skip_reason": "not on the index"},
        ]
    }

    (finding,) = doctor.vulnerabilities(report)

    assert finding == Finding("fail", "vulnerabilities", "flask 3.1.3: CVE-2030-1", "Fixed in: 3.2")


def test_a_database_that_knows_nothing_is_no_clean_bill() -> None:
    report = {"dependencies": [{"name": "flask", "skip_reason": "not found"}]}

    assert found(doctor.vulnerabilities(report)) == [
        "skip no database knows the packages: not found"
    ]
    report = {"dependencies": [{"name": "flask", "version": "3", "vulns": []}]}
    assert found(doctor.vulnerabilities(report)) == ["ok none known in 1 packages"]


@pytest.mark.parametrize("text", [None, "", "[files]\n'x' = 3", "= broken"])
def test_a_folder_without_a_record_is_refused(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / ".scaffold").mkdir()
        (tmp_path / ".scaffold/state.toml").write_text(text)

    done = CliRunner().invoke(cli.scaffold, ["doctor", str(tmp_path)])

    assert done.exit_code in (1, 2)
    assert "Error:" in done.stderr
    assert done.stdout == ""


# Real projects


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with all that the checks look at, just made."""
    folder = tmp_path_factory.mktemp("doctor")
    return new_project(folder, *SITE, "--no-git")


@pytest.fixture
def project(healthy: Project, tmp_path: Path) -> Project:
    """A copy that a test may break; the environment is shared with the original's by a link."""
    copy = Project(tmp_path / healthy.folder.name, healthy.package)
    shutil.copytree(healthy.folder, copy.folder, ignore=shutil.ignore_patterns(".venv"))
    os.symlink(healthy.folder / ".venv", copy.folder / ".venv")
    return copy


def examine(project: Project, *flags: str, **environment: str) -> Done:
    return scaffold("doctor", "--no-audit", *flags, cwd=project.folder, **environment)


def findings(done: Done) -> list[dict[str, str]]:
    report = json.loads(done.stdout)
    assert report["schema"] == "scaffold/doctor/1"
    assert report["healthy"] is (done.returncode == 0)
    return list(report["findings"])


def state(project: Project) -> dict[Path, int]:
    """Return when each file and folder of a project was changed, those of its environment apart."""
    paths = (path for path in project.folder.rglob("*") if ".venv" not in path.parts)
    return {path: path.stat().st_mtime_ns for path in paths}


@pytest.mark.real
@pytest.mark.xdist_group("doctor")
class TestProjects:
    def test_a_fresh_project_is_well(self, healthy: Project) -> None:
        done = examine(healthy)

        assert done.returncode == 0, done.stdout + done.stderr
        assert {line[:6].strip() for line in done.stdout.splitlines()} <= {"ok", "skip", ""}
        assert "bound: debugtoolbar, login, mail, migrate, redis, sqlalchemy, wtf" in " ".join(
            done.stdout.split()
        )
        assert "the database is as the models are" in " ".join(done.stdout.split())

    def test_it_changes_nothing(self, project: Project) -> None:
        for cache in project.folder.rglob("__pycache__"):
            shutil.rmtree(cache)
        before = state(project)

        examine(project)

        assert state(project) == before

    def test_on_a_server_the_settings_of_development_fail(self, healthy: Project) -> None:
        done = examine(healthy, "--production", "--json")

        assert done.returncode == 1
        told = [f["message"].split(":")[0] for f in findings(done) if f["status"] != "ok"]
        assert told[0] == "FLASK_DEBUG is on"
        assert {"DATABASE_URL", "REDIS_URL", "MAIL_SERVER"} <= set(told)

    def test_with_the_settings_of_a_server_it_is_well(self, healthy: Project) -> None:
        done = examine(
            healthy,
            "--production",
            "--json",
            FLASK_DEBUG="0",
            SECRET_KEY=KEY,
            TRUSTED_PROXIES="1",
            TRUSTED_HOSTS="shop.example.com",
            DATABASE_URL="sqlite:///other.db",
            REDIS_URL="redis://localhost:1/0",
            MAIL_SERVER="smtp.example.com",
            MAIL_DEFAULT_SENDER="shop@example.com",
        )

        told = [f["message"] for f in findings(done) if f["status"] != "ok"]
        assert told == ["there is no database yet"]
        assert done.returncode == 0
        assert not (healthy.folder / "instance/other.db").exists()

    def test_an_extension_that_is_not_bound_fails(self, project: Project) -> None:
        with project.edited("my_shop/extensions.py", "    redis.init_app(app)\n", ""):
            done = examine(project, "--json")

        assert done.returncode == 1
        failed = [f["message"] for f in findings(done) if f["status"] == "fail"]
        assert failed == ["redis is not at extensions.redis"]

    def test_an_application_that_does_not_start_fails_in_one_line(self, project: Project) -> None:
        views = project.folder / "my_shop/views.py"
        views.write_text(views.read_text() + "\nimport moon\n")

        done = examine(project)

        assert done.returncode == 1
        assert "fail application: ModuleNotFoundError: No module named 'moon'" in " ".join(
            done.stdout.split()
        )
        assert "Traceback" not in done.stdout + done.stderr

    def test_a_model_without_its_migration_is_told_and_a_pending_one_fails(
        self, project: Project
    ) -> None:
        models = project.folder / "my_shop/models.py"
        thing = "class Thing(Base):\n    __tablename__ = 'thing'\n    id: Mapped[int] = mapped_column(primary_key=True)\n"
        models.write_text(f"from .database import Base\n{models.read_text()}\n\n{thing}")

        told = [f["message"] for f in findings(examine(project, "--json"))]
        assert "the models have changed: add_table thing" in told

        project.must_run("python", "manage.py", "db", "migrate", "-m", "Things")
        done = examine(project, "--json")
        failed = [f["message"] for f in findings(done) if f["status"] == "fail"]
        assert len(failed) == 1
        assert failed[0].startswith("pending: ")
        assert failed[0].endswith(" Things")

    def test_a_missing_environment_and_a_missing_file_are_told(self, project: Project) -> None:
        (project.folder / ".venv").unlink()
        (project.folder / "my_shop/utils.py").unlink()

        done = examine(project)

        assert done.returncode == 1
        assert "fail environment: there is no .venv" in " ".join(done.stdout.split())
        assert "warn files: my_shop/utils.py was removed" in " ".join(done.stdout.split())

    def test_the_audit_answers_or_says_why_not(self, healthy: Project) -> None:
        done = scaffold("doctor", "--json", cwd=healthy.folder)

        (audit, *_) = [f for f in findings(done) if f["check"] == "vulnerabilities"]
        assert audit["message"]


def selections() -> list[list[str]]:
    """Return few selections in which each wired extension is chosen once, and none in each other's way."""
    catalog = Catalog()
    left = [extension.id for extension in catalog if extension.bound]
    made = []
    while left:
        chosen: list[str] = []
        for name in left:
            with suppress(CatalogError):
                catalog.resolve([*chosen, name])
                chosen.append(name)
        made.append(chosen)
        left = [name for name in left if name not in chosen]
    return made


@pytest.mark.real
@pytest.mark.parametrize("chosen", selections(), ids=lambda chosen: f"{chosen[0]} and others")
def test_every_extension_is_bound_where_its_manifest_says(
    chosen: list[str], tmp_path: Path
) -> None:
    flags = [word for name in chosen for word in ("--with", name)]
    project = new_project(tmp_path, "--preset", "minimal", "--no-git", *flags)
    before = state(project)

    told = findings(examine(project, "--json"))

    assert [f["message"] for f in told if f["status"] in ("fail", "warn")] == []
    (bound,) = [f["message"] for f in told if f["check"] == "extensions"]
    assert set(chosen) <= set(bound.removeprefix("bound: ").split(", "))
    assert state(project) == before
    paths = {name: Catalog()[name].bound for name in chosen}
    assert project.python(UNBOUND.format(probe=PROBE, paths=paths)) == "[]\n"
    shutil.rmtree(project.folder / "instance", ignore_errors=True)
    before = state(project)
    examine(project)
    assert state(project) == before
