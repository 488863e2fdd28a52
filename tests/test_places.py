"""Odd places and bad moments: folders, homes, locales, no network, no uv, Ctrl-C, a full disk."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import projects
import pytest
from projects import Done, Project, clean_environment, scaffold, started

pytestmark = pytest.mark.real

MINIMAL = ("--preset", "minimal")
UTF8 = re.compile("PYTHONUTF8|PYTHONIOENCODING|LC_.*|LANG|LANGUAGE")


def assert_fails_in_two_lines(done: Done) -> None:
    """Look for one line what is wrong, one line how to go on, and no traceback."""
    assert done.returncode == 1, done.stdout + done.stderr
    first, second = done.stderr.strip().splitlines()
    assert first.startswith("Error: ")
    assert second.startswith("       The project is complete. Go on in ")


def assert_complete(project: Path, tmp_path: Path, *flags: str) -> None:
    """Compare with the same project made where nothing is in the way; installing may have added to it."""
    (tmp_path / "reference").mkdir()
    scaffold("new", project.name, "-y", *flags, cwd=tmp_path / "reference")
    expected = projects.files_in(tmp_path / "reference" / project.name)
    found = projects.files_in(project)
    for path in (path for path in expected if path != ".env" and not path.startswith(".git/")):
        assert found[path] == expected[path], path
    assert "SECRET_KEY=" in found[".env"].decode()


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """Mount an empty file system on a folder; skip the test where that is not allowed."""
    if not (sys.platform == "linux" and os.geteuid() == 0 and shutil.which("mount")):
        pytest.skip("only root on Linux may mount a file system")
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this container may not mount a file system")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


# Places


def test_a_folder_with_spaces_and_other_letters(tmp_path: Path) -> None:
    project = projects.new_project(tmp_path / "Mes été & projets", *projects.SITE)

    assert re.search(r"\d+ passed", project.must_run("pytest", "-q", "-x"))
    assert "public.index" in project.must_run("python", "manage.py", "urls")
    port = projects.free_port()
    command = ("gunicorn", "my_shop.app:app", "-b", f"127.0.0.1:{port}")
    with project.serve(*command, port=port) as server:
        assert server.get("/").status == 200


@pytest.fixture(params=["nothing", "without rights", "read-only"])
def locked_home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A home that can't be written.

    Below /dev/null, which some services have for a home, nobody can write. A folder without rights does not stop
    root, who runs many a CI, and only root can mount a file system to read.
    """
    home = tmp_path / "home"
    home.mkdir()
    if request.param == "nothing":
        yield Path("/dev/null")
    elif request.param == "without rights":
        if os.geteuid() == 0:
            pytest.skip("root may write anywhere")
        home.chmod(0o555)
        yield home
    else:
        with mounted(home, "ro"):
            yield home


def test_a_home_that_cannot_be_written(tmp_path: Path, locked_home: Path) -> None:
    homeless = {"HOME": str(locked_home), "XDG_CACHE_HOME": None, "UV_CACHE_DIR": None}

    done = scaffold("new", "My Shop", "-y", "--install", cwd=tmp_path, **homeless)

    assert done.returncode == 0, done.stderr
    project = Project(tmp_path / "my-shop")
    assert "passed" in project.must_run("pytest", "-q", "-x", **homeless)
    assert project.must_run("git", "status", "--porcelain", **homeless) == ""


def test_the_database_of_another_application_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.db"

    done = scaffold(
        "new", "shop", "-y", "--install", cwd=tmp_path, DATABASE_URL=f"sqlite:///{other}"
    )

    assert done.returncode == 0, done.stderr
    assert not other.exists()
    assert (tmp_path / "shop/instance/app.db").exists()


def test_the_c_locale(tmp_path: Path) -> None:
    plain = {
        **{name: None for name in os.environ if UTF8.fullmatch(name)},
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
    }

    done = scaffold("new", "L'été", "-y", "--install", cwd=tmp_path, **plain)

    assert done.returncode == 0, done.stderr
    project = Project(tmp_path / "l-ete", "l_ete")
    assert 'SITE_NAME = "L\'été"' in (project.folder / "l_ete/settings.py").read_text("utf-8")
    assert "passed" in project.must_run("pytest", "-q", "-x", **plain)
    port = projects.free_port()
    command = ("gunicorn", "l_ete.app:app", "-b", f"127.0.0.1:{port}")
    with project.serve(*command, port=port, **plain) as server:
        assert "L&#39;été" in server.get("/").text


# Tools that are missing


def test_without_a_network(tmp_path: Path) -> None:
    alone = {"UV_OFFLINE": "1", "UV_CACHE_DIR": str(tmp_path / "cache")}

    done = scaffold("new", "shop", "-y", "--install", *MINIMAL, cwd=tmp_path, **alone)

    assert_fails_in_two_lines(done)
    assert_complete(tmp_path / "shop", tmp_path, *MINIMAL)


def test_without_a_network_the_project_is_committed_all_the_same(tmp_path: Path) -> None:
    alone = {"UV_OFFLINE": "1", "UV_CACHE_DIR": str(tmp_path / "cache")}

    scaffold("new", "shop", "-y", "--install", *MINIMAL, cwd=tmp_path, **alone)

    status = projects.run("git", "status", "--porcelain", cwd=tmp_path / "shop")
    assert (status.returncode, status.stdout) == (0, "")


def test_a_failed_install_is_done_by_hand_as_the_hint_says(tmp_path: Path) -> None:
    alone = {"UV_OFFLINE": "1", "UV_CACHE_DIR": str(tmp_path / "cache")}
    failed = scaffold("new", "shop", "-y", "--install", *MINIMAL, cwd=tmp_path, **alone)
    hint = re.search(r"Go on in (\S+) with: (.+), then (pip .+) in it$", failed.stderr.strip())
    assert hint, failed.stderr
    folder = tmp_path / hint[1]

    made = projects.run("sh", "-c", hint[2].replace("python", sys.executable, 1), cwd=folder)
    installed = projects.run("sh", "-c", f".venv/bin/{hint[3]}", cwd=folder)

    assert made.returncode == installed.returncode == 0, made.stderr + installed.stderr
    urls = Project(folder, "shop").must_run("python", "manage.py", "urls")
    assert "public.index" in urls


def test_without_uv_pip_installs(tmp_path: Path) -> None:
    """A module of the name that knows no program stands where uv's would: it was built for another machine."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken/uv.py").write_text(
        "def find_uv_bin():\n    raise FileNotFoundError('uv is not here')\n"
    )

    done = scaffold(
        "new",
        "shop",
        "-y",
        "--install",
        *MINIMAL,
        cwd=tmp_path,
        PYTHONPATH=str(tmp_path / "broken"),
    )

    assert done.returncode == 0, done.stderr
    project = Project(tmp_path / "shop", "shop")
    assert "passed" in project.must_run("pytest", "-q", "-x")
    assert (project.folder / ".venv/bin/pip").exists()  # which uv would not have put there


# Ctrl-C


@pytest.fixture
def silent_index() -> Iterator[socket.socket]:
    """A package registry that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(projects.LIMIT)
        yield server


def test_ctrl_c_while_installing_keeps_the_project(
    tmp_path: Path, silent_index: socket.socket
) -> None:
    surroundings = clean_environment(
        UV_DEFAULT_INDEX=f"http://127.0.0.1:{silent_index.getsockname()[1]}/simple",
        UV_CACHE_DIR=str(tmp_path / "cache"),
        UV_NO_CONFIG="1",
        UV_OFFLINE=None,
        UV_FIND_LINKS=None,
        NO_PROXY="127.0.0.1",
    )
    command = (sys.executable, "-m", "scaffold_cli", "new", "shop", "-y", "--install", *MINIMAL)
    log = tmp_path / "log"

    with started(*command, cwd=tmp_path, log=log, environment=surroundings) as process:
        silent_index.accept()[0].close()  # uv asks for the first package: now it is installing
        connection, _ = silent_index.accept()
        os.killpg(process.pid, signal.SIGINT)
        code = process.wait(projects.LIMIT)
        connection.close()

    output = log.read_text()
    assert code not in (0, None)
    assert "Traceback" not in output
    assert "Stopped before the end." in output
    assert "The project is complete. Go on in shop" in output
    assert_complete(tmp_path / "shop", tmp_path, *MINIMAL)


def interrupted(tmp_path: Path, begun: str, *flags: str) -> tuple[int, str]:
    """Press Ctrl-C as soon as there is something of that pattern; return the exit code and what was printed."""
    folder = tmp_path / "here"
    folder.mkdir()
    command = (sys.executable, "-m", "scaffold_cli", "new", "shop", "-y", *flags)
    log = tmp_path / "log"
    with started(*command, cwd=folder, log=log, environment=clean_environment()) as process:
        while process.poll() is None and not (begun == "" or any(folder.glob(begun))):
            pass  # the moment is short: no pause between looks
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        code = process.wait(projects.LIMIT)
    return code, log.read_text()


@pytest.mark.parametrize("moment", [".shop.*.tmp", ".shop.*.tmp/*", ".shop.*.tmp/.scaffold/base/*"])
def test_ctrl_c_while_writing_leaves_all_or_nothing(tmp_path: Path, moment: str) -> None:
    code, output = interrupted(tmp_path, moment, "--preset", "full", "--no-git")

    assert "Traceback" not in output
    left = [path.name for path in (tmp_path / "here").iterdir()]
    assert left in ([], ["shop"])
    if left:  # it was too late, and all was written
        assert_complete(tmp_path / "here/shop", tmp_path, "--preset", "full", "--no-git")
    else:
        assert code != 0


def test_ctrl_c_at_the_very_start_leaves_nothing(tmp_path: Path) -> None:
    code, _ = interrupted(tmp_path, "", "--preset", "full")

    assert code != 0
    assert list((tmp_path / "here").iterdir()) == []


def test_ctrl_c_while_committing_keeps_the_project(tmp_path: Path) -> None:
    _, output = interrupted(tmp_path, "shop", "--preset", "full")

    assert "Traceback" not in output
    assert [path.name for path in (tmp_path / "here").iterdir()] == ["shop"]
    assert_complete(tmp_path / "here/shop", tmp_path, "--preset", "full")


# A full disk


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for a fraction of a project."""
    disk = tmp_path / "disk"
    disk.mkdir()
    with mounted(disk, "size=100k"):
        yield disk


@pytest.mark.parametrize("folder", [".", "new/folders"])
def test_a_full_disk_leaves_nothing_behind(tiny_disk: Path, folder: str) -> None:
    done = scaffold("new", "shop", "-y", "--preset", "full", "-o", folder, cwd=tiny_disk)

    assert done.returncode == 1
    first, second = done.stderr.strip().splitlines()
    assert first.startswith("Error: ")
    assert "No space left on device" in first
    assert "make room" in second
    assert list(tiny_disk.iterdir()) == []


def test_a_disk_that_is_full_after_the_project_keeps_it(tiny_disk: Path, tmp_path: Path) -> None:
    """There is room for the project, but none for its environment."""
    made = scaffold("new", "shop", "-y", "--no-install", "--no-git", *MINIMAL, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    pages = sum(
        -(-len(content) // 4096) for content in projects.files_in(tmp_path / "shop").values()
    )
    subprocess.run(["mount", "-o", f"remount,size={4 * pages + 100}k", tiny_disk], check=True)

    done = scaffold("new", "shop", "-y", "--install", "--no-git", *MINIMAL, cwd=tiny_disk)

    assert_fails_in_two_lines(done)
    assert_complete(tiny_disk / "shop", tmp_path, *MINIMAL, "--no-git")
