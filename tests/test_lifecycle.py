"""The life of a project: changed by commands, and by its owner between them."""

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from life import Life, told

from scaffold_cli import moves
from scaffold_cli.cli import scaffold
from scaffold_cli.moves import Move


def test_adding_later_comes_to_the_same_as_choosing_at_once(life: Life, tmp_path: Path) -> None:
    life.run("add", "mail")
    life.run("add", "Flask-Login", "caching")
    (life.root / ".env").unlink()

    life.run(
        "new",
        "Shop",
        "-y",
        "--preset",
        "minimal",
        "--no-git",
        "-o",
        str(tmp_path / "at-once"),
        "--with",
        "login",
        "--with",
        "mail",
        "--with",
        "caching",
    )
    at_once = Life(tmp_path / "at-once/shop")
    (at_once.root / ".env").unlink()

    assert life.files() == at_once.files()


def test_one_server_takes_the_place_of_another(life: Life, tmp_path: Path) -> None:
    before = life.files()
    for server in ("uwsgi", "gevent", "waitress", "granian", "tornado"):
        life.run("set", f"server={server}", "deploy=none")
        new = ("new", "Shop", "-y", "--preset", "minimal", "--no-git", "--set", "deploy=none")
        for flags in (("--with", server), ("--set", f"server={server}")):
            life.run(*new, *flags, "-o", str(tmp_path / f"{server} {flags[0]}"))
            at_once = Life(tmp_path / f"{server} {flags[0]}/shop")
            shutil.copy(life.root / ".env", at_once.root)
            assert life.files() == at_once.files()
    life.run("set", "server=gunicorn", "deploy=anywhere")
    assert life.files() == before


def test_what_is_no_server_is_not_taken_for_one(life: Life) -> None:
    done = life.attempt("set", "server=caching").output
    assert "caching is no server." in done
    assert "gunicorn" in done


def test_applications_that_come_later_are_as_if_chosen_at_once(life: Life, tmp_path: Path) -> None:
    life.run("set", "apps=backend")
    life.run("add", "login")
    life.run("set", "apps=backend frontend", "blueprints=orders")
    (life.root / ".env").unlink()

    new = ("new", "Shop", "-y", "--preset", "minimal", "--with", "login", "--no-git")
    apps = ("--app", "frontend", "--app", "backend", "--blueprint", "orders")
    life.run(*new, *apps, "-o", str(tmp_path / "at-once"))
    at_once = Life(tmp_path / "at-once/shop")
    (at_once.root / ".env").unlink()

    assert life.files() == at_once.files()


def test_applications_go_without_a_trace_and_come_back_by_undo(life: Life) -> None:
    before = life.files()
    life.run("set", "apps=backend frontend")
    with_apps = life.files()

    life.run("set", "apps=")
    assert life.files() == before
    life.run("undo")
    assert life.files() == with_apps


def test_what_the_owner_wrote_into_an_application_stays(life: Life) -> None:
    life.run("set", "apps=backend")
    life.edit("shop/settings.py", '    "/backend": ', '    "/office": ".office",\n    "/admin": ')
    life.edit("shop/backend/settings.py", 'APP_NAME = "backend"', 'APP_NAME = "office"')

    life.run("set", "apps=backend frontend")

    text = life.read("shop/settings.py")
    assert '"/office": ".office",' in text and '"/admin": ".backend.settings",' in text
    assert '"/frontend": ".frontend.settings",' in text
    assert 'APP_NAME = "office"' in life.read("shop/backend/settings.py")


def test_removing_is_the_inverse_of_adding(life: Life) -> None:
    before = life.files()

    life.run("add", "login", "mail")
    life.run("remove", "mail", "login")

    assert life.files() == before


def test_what_the_owner_wrote_stays_through_adding_and_removing(life: Life) -> None:
    life.edit("shop/settings.py", 'SITE_NAME = "Shop"', 'SITE_NAME = "The Shop"')
    life.write("shop/settings.py", life.read("shop/settings.py") + "\nMINE = 1\n")
    life.write("shop/mine.py", "MINE = 2\n")
    before = life.files(own=False)

    done = life.run("add", "caching")

    assert told(done.output)["shop/settings.py"] == "merge"
    text = life.read("shop/settings.py")
    assert 'SITE_NAME = "The Shop"' in text
    assert "CACHE_DEFAULT_TIMEOUT" in text
    assert "MINE = 1" in text
    life.run("remove", "caching")
    assert life.files(own=False) == before


def test_what_the_owner_deleted_stays_deleted(life: Life) -> None:
    life.run("add", "caching")
    (life.root / "shop/manage.py").unlink()

    done = life.run("add", "mail")

    assert told(done.output)["shop/manage.py"] == "keep"
    assert not (life.root / "shop/manage.py").exists()


def test_an_edited_file_that_is_to_be_removed_stays_until_its_owner_decides(life: Life) -> None:
    life.run("add", "caching")
    life.write(
        "shop/tests/test_caching.py", life.read("shop/tests/test_caching.py") + "\nMINE = 1\n"
    )

    done = life.attempt("remove", "caching")

    assert done.exit_code == 3
    assert told(done.output)["shop/tests/test_caching.py"] == "conflict"
    assert "MINE = 1" in life.read("shop/tests/test_caching.py")
    assert not (life.root / "shop/credits/packages.py").exists()
    refused = life.attempt("add", "mail")
    assert refused.exit_code == 3
    assert "scaffold continue" in refused.output
    life.run("continue")
    assert "MINE = 1" in life.read("shop/tests/test_caching.py")
    life.run("add", "mail")


def test_an_edited_seed_is_its_owners_and_no_conflict(life: Life) -> None:
    life.run("add", "caching")
    life.write("shop/credits/views.py", life.read("shop/credits/views.py") + "\nMINE = 1\n")

    done = life.run("remove", "caching")

    assert told(done.output)["shop/credits/views.py"] == "keep"
    assert "MINE = 1" in life.read("shop/credits/views.py")


def test_a_conflict_shows_both_sides_and_waits(life: Life) -> None:
    life.edit("Procfile", "web: gunicorn", "web: nice gunicorn")
    before = life.files()

    done = life.attempt("add", "waitress")

    assert done.exit_code == 3
    text = life.read("Procfile")
    assert "<<<<<<< yours\nweb: nice gunicorn" in text
    assert "waitress" not in text.partition("=======")[0]
    assert life.attempt("continue").exit_code == 3
    life.run("abort")
    assert life.files() == before


def test_the_doctor_and_the_status_tell_of_a_conflict(life: Life) -> None:
    life.edit("Procfile", "web: gunicorn", "web: nice gunicorn")
    assert life.attempt("add", "waitress").exit_code == 3

    told = json.loads(life.attempt("doctor", "--no-audit", "--json").output)

    [finding] = [f for f in told["findings"] if f["check"] == "change"]
    assert finding["status"] == "fail"
    assert "Procfile" in finding["message"]
    assert "conflict  Procfile" in life.run("status").output


def test_a_mended_conflict_is_continued(life: Life) -> None:
    life.edit("Procfile", "web: gunicorn", "web: nice gunicorn")
    assert life.attempt("add", "waitress").exit_code == 3

    life.write("Procfile", "web: nice python -m shop.serve\n")
    life.run("continue")

    assert json.loads(life.run("status", "--json").output)["unfinished"] is None
    assert "waitress" in life.read(".scaffold/state.toml")
    assert life.read("Procfile") == "web: nice python -m shop.serve\n"


def test_undo_goes_back_to_the_birth_of_the_project(life: Life) -> None:
    born = life.files()
    life.run("add", "login")
    middle = life.files()
    life.run("set", "deploy=none")
    life.run("remove", "login")

    life.run("undo")
    life.run("undo")
    assert life.files() == middle
    life.run("undo")
    assert life.files() == born
    assert life.attempt("undo").exit_code == 1


def test_undo_goes_back_behind_a_mended_conflict(life: Life) -> None:
    life.edit("Procfile", "web: gunicorn", "web: nice gunicorn")
    before = life.files()
    assert life.attempt("add", "waitress").exit_code == 3
    life.write("Procfile", "web: nice python -m shop.serve\n")
    life.run("continue")

    life.run("undo")

    assert life.files() == before


def test_undo_keeps_what_was_written_since(life: Life) -> None:
    life.run("add", "caching")
    life.write("shop/settings.py", life.read("shop/settings.py") + "\nMINE = 1\n")

    life.run("undo")

    assert life.read("shop/settings.py").endswith("\nMINE = 1\n")
    assert "CACHE_" not in life.read("shop/settings.py")


@pytest.mark.parametrize("flag", ["--dry-run", "--diff"])
def test_a_dry_run_writes_nothing(life: Life, flag: str) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in life.root.rglob("*"))

    done = life.run("add", "caching", flag)

    assert "views.py" in done.output
    assert sorted((path, path.stat().st_mtime_ns) for path in life.root.rglob("*")) == before


def test_the_same_answers_are_an_empty_plan(life: Life) -> None:
    life.run("add", "caching")

    assert life.run("add", "caching").output == "Nothing to do.\n"
    assert life.run("update").output == "Nothing to do.\n"
    assert json.loads(life.run("update", "--json").output)["steps"] == []


def test_what_another_extension_needs_can_not_be_removed(life: Life) -> None:
    life.run("add", "login")

    done = life.attempt("remove", "wtf")

    assert done.exit_code == 2
    assert "wtf is needed by login." in done.output


def test_the_server_and_what_deploy_brings_can_not_be_removed(life: Life) -> None:
    assert "every project has" in life.attempt("remove", "gunicorn").output
    assert "deploy=anywhere" in life.attempt("remove", "heroku").output
    assert "not in this project" in life.attempt("remove", "mail").output


def test_the_names_that_the_owners_files_know_can_not_be_set(life: Life) -> None:
    done = life.attempt("set", "package=other")

    assert done.exit_code == 2
    assert "can't be changed" in done.output


def test_status_tells_what_was_changed(life: Life) -> None:
    life.edit("shop/settings.py", 'SITE_NAME = "Shop"', 'SITE_NAME = "The Shop"')
    (life.root / "shop/utils.py").unlink()

    told = json.loads(life.run("status", "--json").output)

    assert told["files"]["shop/settings.py"] == "edited"
    assert told["files"]["shop/utils.py"] == "missing"
    assert told["files"]["shop/app.py"] == "pristine"
    assert "edited  shop/settings.py" in life.run("status").output
    assert '+SITE_NAME = "The Shop"' in life.run("diff", "shop/settings.py").output


def test_why_names_the_extension_and_the_fragments(life: Life) -> None:
    life.run("add", "caching")

    assert "from  caching" in life.run("why", "shop/credits/views.py").output
    assert "settings  caching" in life.run("why", "shop/settings.py").output
    assert life.attempt("why", "mine.py").exit_code == 1


def test_commands_work_from_a_folder_below(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(life.root / "shop")

    life.run("add", "caching")

    assert (life.root / "shop/credits/views.py").is_file()


def test_outside_of_a_project_they_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    done = CliRunner().invoke(scaffold, ["add", "caching"])

    assert done.exit_code == 1
    assert "in no project of scaffold's" in done.output


def test_a_link_in_the_way_is_not_followed(life: Life, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (life.root / "shop/credits").symlink_to(outside)

    done = life.attempt("add", "caching")

    assert done.exit_code == 3
    assert list(outside.iterdir()) == []
    life.run("abort")
    assert (life.root / "shop/credits").is_symlink()


def test_line_ends_stay_those_of_the_owner(life: Life) -> None:
    path = life.root / "shop/settings.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    life.run("add", "caching")

    content = path.read_bytes()
    assert b"CACHE_DEFAULT_TIMEOUT" in content
    assert content.count(b"\n") == content.count(b"\r\n")


def as_of_an_older_version(life: Life, old: str, new: str) -> None:
    """Make the project one of version 0.0.1, in which a file had another name."""
    for folder in ("", ".scaffold/base/"):
        (life.root / f"{folder}{new}").rename(life.root / f"{folder}{old}")
    path = ".scaffold/state.toml"
    text = life.read(path).replace('version = "0.1.0"', 'version = "0.0.1"')
    life.write(path, text.replace(f'"{new}"', f'"{old}"'))


def test_a_check_of_the_status_fails_while_something_waits(life: Life) -> None:
    life.run("status", "--check")
    life.edit("Procfile", "web: gunicorn", "web: nice gunicorn")
    assert life.attempt("add", "waitress").exit_code == 3
    assert life.attempt("status", "--check").exit_code == 1
    life.run("abort")

    as_of_an_older_version(life, "shop/helpers.py", "shop/utils.py")

    assert life.attempt("status", "--check", "--json").exit_code == 1


def test_an_update_takes_what_the_owner_wrote_to_a_files_new_name(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    born = life.files()
    as_of_an_older_version(life, "shop/helpers.py", "shop/utils.py")
    first = Move("0.0.2", "{{cookiecutter.package}}/helpers.py", "{{cookiecutter.package}}/aids.py")
    second = Move("0.1.0", "{{cookiecutter.package}}/aids.py", "{{cookiecutter.package}}/utils.py")
    monkeypatch.setattr(moves, "declared", lambda: (first, second))
    life.write("shop/helpers.py", life.read("shop/helpers.py") + "\n\nMINE = 1\n")
    assert "scaffold update" in life.run("status").output

    done = life.run("update")

    assert told(done.output)["shop/utils.py"] == "merge"
    assert told(done.output)["shop/helpers.py"] == "remove"
    assert life.read("shop/utils.py").endswith("\nMINE = 1\n")
    life.write("shop/utils.py", life.read("shop/utils.py").removesuffix("\n\nMINE = 1\n"))
    assert life.files() == born


def test_a_project_of_a_newer_version_is_not_taken_back(life: Life) -> None:
    path = ".scaffold/state.toml"
    life.write(path, life.read(path).replace('version = "0.1.0"', 'version = "99.0.0"'))

    done = life.attempt("update")

    assert done.exit_code == 1
    assert "pip install --upgrade" in done.output


def test_settings_and_packages_of_the_owners_stay_beside_new_ones(life: Life) -> None:
    facts = json.loads(life.read("app.json"))
    facts["env"]["MINE"] = {"description": "My own."}
    life.write("app.json", json.dumps(facts, indent=2) + "\n")
    life.edit("requirements.txt", "blinker==", "bleach==6.0.0\nblinker==")

    done = life.run("add", "mail", "babel", "login")

    assert told(done.output)["app.json"] == "merge"
    facts = json.loads(life.read("app.json"))
    assert facts["env"]["MINE"] == {"description": "My own."}
    assert "SITE_URL" in facts["env"]
    packages = [line.partition("==")[0] for line in life.read("requirements.txt").splitlines()]
    assert {"bleach", "babel", "flask-mail"} <= {*packages}


def test_undo_gives_back_each_line_end(life: Life) -> None:
    path = life.root / "shop/settings.py"
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\r\n".join(lines[:9]) + b"\n" + b"\r\n".join(lines[9:]))
    before = life.files()

    life.run("add", "caching")
    life.run("undo")

    assert life.files() == before


def test_a_file_whose_lines_end_differently_is_merged_and_each_end_stays(life: Life) -> None:
    path = life.root / "shop/settings.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"# mine\n# too\n")

    life.run("add", "caching")

    content = path.read_bytes()
    assert b"\r\n# mine\n# too\n" in content
    assert b'CACHE_DEFAULT_TIMEOUT = env.int("CACHE_DEFAULT_TIMEOUT", 300)\r\n' in content


@pytest.mark.skipif(os.name == "nt", reason="Windows has no executable bit")
def test_undo_gives_back_permissions(life: Life) -> None:
    life.run("add", "caching")
    path = life.root / "shop/credits/views.py"
    path.chmod(0o750)

    life.run("remove", "caching")
    life.run("undo")

    assert path.stat().st_mode & 0o777 == 0o750


def test_undo_behind_a_mended_conflict_keeps_what_was_written_beside_it(life: Life) -> None:
    life.edit("Procfile", "web: gunicorn", "web: nice gunicorn")
    before = life.read("Procfile")
    assert life.attempt("add", "waitress").exit_code == 3
    life.write("Procfile", "web: nice python -m shop.serve\n\nmine: sleep 60\n")
    life.run("continue")

    done = life.run("undo")

    assert told(done.output)["Procfile"] == "merge"
    assert life.read("Procfile") == before + "\nmine: sleep 60\n"


def test_what_was_set_aside_is_never_overwritten(life: Life) -> None:
    life.edit("Procfile", "web: gunicorn", "web: nice gunicorn")
    told = []
    for mended in ("web: first\n", "web: second\n", "web: second\n"):
        assert life.attempt("add", "waitress").exit_code == 3
        life.write("Procfile", mended)
        told.append(life.run("abort").output.splitlines()[0].split()[1])

    assert [life.read(path) for path in told] == ["web: first\n", "web: second\n", "web: second\n"]
    assert told[0] != told[1] == told[2]


def test_a_file_of_the_same_name_without_an_end_of_its_last_line_is_a_conflict(life: Life) -> None:
    life.write("shop/credits/views.py", "MINE = 1")

    done = life.attempt("add", "caching")

    assert told(done.output)["shop/credits/views.py"] == "conflict"
    assert "<<<<<<< yours\nMINE = 1\n=======\n" in life.read("shop/credits/views.py")


def test_a_mirror_that_was_lost_is_made_again(life: Life) -> None:
    before = life.files()
    shutil.rmtree(life.root / ".scaffold/base")

    life.run("update")

    assert life.files() == before


def test_while_a_conflict_waits_only_what_its_owner_changed_counts_as_edited(life: Life) -> None:
    life.edit("Procfile", "web: gunicorn", "web: nice gunicorn")
    files = json.loads(life.run("status", "--json").output)["files"]
    assert life.attempt("add", "waitress").exit_code == 3

    told = json.loads(life.run("status", "--json").output)

    assert told["files"] == files
    assert told["unfinished"]["conflicts"] == ["Procfile"]
    life.write("shop/utils.py", "mine")
    assert json.loads(life.run("status", "--json").output)["files"]["shop/utils.py"] == "edited"


def test_a_file_of_the_same_name_that_has_fragments_is_a_conflict(life: Life) -> None:
    life.write("systemd/shop.service", "[Unit]\nDescription=mine\n")

    done = life.attempt("add", "systemd")

    assert done.exit_code == 3
    assert "Description=mine\n=======\n" in life.read("systemd/shop.service")
