"""Try every extension with the newest releases there are, and write down what came of it.

    python tools/verify_catalogue.py                    all of them, two at once
    python tools/verify_catalogue.py --only mail redis  these; what is known of the others stays

For each, a project with just that extension (and what it needs) gets an environment of its own, not from our
pins but from the registry: the newest of all. It is prepared, asked for its front page, and the extension's
tests are run in it. What came of it goes into ``scaffold_cli/verified.toml``, which ``scaffold info`` shows, and into
``docs/catalogue.md``.
"""

from __future__ import annotations

import argparse
import datetime
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from scaffold_cli import doctor, environment, examination, secret, verified, workspace  # noqa: E402
from scaffold_cli.answers import complete  # noqa: E402
from scaffold_cli.catalog import Catalog, by_group, group_title  # noqa: E402
from scaffold_cli.cli.making import Project  # noqa: E402
from scaffold_cli.environment import Preparation  # noqa: E402
from scaffold_cli.errors import ScaffoldError  # noqa: E402
from scaffold_cli.extension import Extension  # noqa: E402
from scaffold_cli.pins import normalize  # noqa: E402
from scaffold_cli.verified import WORKS, Verified  # noqa: E402

PAGE = HERE / "docs" / "catalogue.md"
PATIENCE = 600  # seconds for one command
NAME, PACKAGE = "My Shop", "my_shop"
REQUEST = f"""
from {PACKAGE}.app import create_app
answer = create_app().test_client().get("/")
assert answer.status_code < 400, f"the front page is answered {{answer.status}}"
"""


class TrialError(Exception):
    """Something did not work with the newest releases; the text says what, in one line."""


def try_newest(extension: Extension, catalog: Catalog) -> Verified:
    """Try one extension.

    Args:
        extension: The extension.
        catalog: Where those that it needs are.
    """
    package = next(iter((*extension.requirements, *extension.dev_requirements)), "")
    package = normalize(package.partition(";")[0]).partition("[")[0]
    locked: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="verify-") as folder:
        try:
            project = make(extension, catalog, folder)
            locked = lock(folder)
            _is_newest([name for name in ("flask", package) if name], locked, folder)
            _uv("sync", "--frozen", "--quiet", folder=folder)
            use(extension, project, folder)
            result = WORKS
        except (TrialError, ScaffoldError) as error:
            result = str(error)
    facts = locked.get(package, {})
    return Verified(
        package=package,
        version=facts.get("version", ""),
        released=_month(facts),
        verified=datetime.datetime.now(datetime.UTC).date().isoformat(),
        flask=locked.get("flask", {}).get("version", ""),
        result=result,
    )


def make(extension: Extension, catalog: Catalog, folder: str) -> Project:
    """Write a project with just this extension, and what it needs."""
    given = {"project_name": NAME, "extensions": extension.id, "deploy": "none"}
    project = Project.of(complete(given), catalog, folder)
    files = {path: file.content for path, file in project.tree.items()}
    workspace.write(folder, {**files, secret.FILE: secret.dotenv(project.tree)})
    return project


def lock(folder: str) -> dict[str, Any]:
    """Resolve what a project names to the newest releases; return the packages by name."""
    _uv("lock", "--quiet", "--upgrade", folder=folder)
    packages = tomllib.loads(Path(folder, "uv.lock").read_text("utf-8"))["package"]
    return {entry["name"]: entry for entry in packages}


def _is_newest(names: Iterable[str], locked: Mapping[str, Any], folder: str) -> None:
    """Refuse a resolution that has to keep a package back."""
    wanted = "\n".join(names)
    options = ["--no-deps", "--no-header", "--no-annotate", "--quiet", "-"]
    for line in _uv("pip", "compile", *options, folder=folder, typed=wanted).splitlines():
        name, _, version = line.partition("==")
        there = locked.get(name, {}).get("version")
        if there != version:
            raise TrialError(f"{name} {version} can't be had beside the rest, only {there}")


def use(extension: Extension, project: Project, folder: str) -> None:
    """Prepare a project, ask for its front page, and run the extension's tests."""
    settings = {setting.env for e in project.extensions for setting in e.settings}
    commands = project.first_commands()
    if commands:
        environment.prepare(folder, Preparation(PACKAGE, commands, settings))
    python = environment.python(folder)
    _run([python, "-W", "ignore", "-c", REQUEST], folder)
    told = examination.ask(python, folder, PACKAGE, project.extensions)
    if failed := [f for f in doctor.extensions(told, project.extensions) if f.status == "fail"]:
        raise TrialError(failed[0].message)
    tests = [
        path
        for path, file in project.tree.items()
        if file.owner == extension.id and os.path.basename(path).startswith("test_")
    ]
    if tests:
        _run([python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests], folder)


def _uv(*arguments: str, folder: str, typed: str = "") -> str:
    uv = environment.find_uv()
    if uv is None:
        raise SystemExit("uv does not run here.")
    return _run([uv, *arguments], folder, typed)


def _run(command: list[str], folder: str, typed: str = "") -> str:
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment.own_environment(),
            input=typed,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired as error:
        raise TrialError(f"{command[0]} did not end within {PATIENCE} s") from error
    if done.returncode:
        raise TrialError(_told(f"{done.stdout}\n{done.stderr}"))
    return done.stdout


def _told(output: str) -> str:
    """Return the line of an output that says what is wrong."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    causes = [line.removeprefix("E ").strip() for line in lines if line.startswith("E ")]
    errors = [line for line in lines if "Error" in line or "error:" in line.lower()]
    return " ".join([*causes, *reversed(errors), *reversed(lines), "it said nothing"][0].split())


def _month(facts: Mapping[str, Any]) -> str:
    """Return the month in which a locked release was uploaded; empty if the registry does not say."""
    files = [*facts.get("wheels", ()), *([facts["sdist"]] if "sdist" in facts else [])]
    times = [str(file["upload-time"]) for file in files if "upload-time" in file]
    return min(times)[:7] if times else ""


def as_toml(trials: Mapping[str, Verified]) -> str:
    """Return the text of ``verified.toml``."""

    def table(name: str) -> Iterator[str]:
        yield f"\n[{name}]"
        for key, value in trials[name]._asdict().items():
            yield f"{key} = " + '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'

    head = "# When each extension was last tried, and with what; make verify-catalogue writes it."
    return "\n".join([head, *(line for name in sorted(trials) for line in table(name))]) + "\n"


def as_page(extensions: Iterable[Extension], trials: Mapping[str, Verified]) -> str:
    """Return the text of ``docs/catalogue.md``."""

    def row(extension: Extension) -> str:
        trial = trials.get(extension.id, Verified("", "", "", "", "", "not yet"))
        apps = ("yes" if extension.multi_app else "an object each") if extension.wire else ""
        title = f"[{extension.title}]({extension.docs})"
        package = f"{trial.package} {trial.version}".strip()
        cells = [f"`{extension.id}`", title, package, trial.released, trial.flask, trial.verified]
        cells += [apps, trial.result.replace("|", "\\|").replace("<", "&lt;")]
        return "| " + " | ".join(cells) + " |"

    head = """\
# The catalogue

Each extension was tried with the newest releases on the day named, not only with those that projects are pinned to: a
project with just that extension, in an environment of its own, was prepared and asked for its front page, and the extension's tests were
run in it. `make verify-catalogue` does it again, and writes this page. *Two apps*: whether one object serves several applications
of a process.
"""
    columns = "| id | | package | last release | Flask | verified on | two apps | result |"
    lines = [head.rstrip("\n")]
    for group, members in by_group(extensions):
        lines += ["", f"## {group_title(group)}", "", columns, "|---" * 8 + "|"]
        lines += map(row, members)
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Try every extension with the newest releases.")
    parser.add_argument("--only", nargs="+", metavar="ID", default=[], help="these alone")
    parser.add_argument("--workers", type=int, default=2, help="how many at once")
    given = parser.parse_args()
    catalog = Catalog()
    extensions = list(catalog)
    trials = {e.id: verified.trials()[e.id] for e in extensions if e.id in verified.trials()}
    chosen = [catalog[name] for name in given.only] or extensions
    with ThreadPoolExecutor(given.workers) as pool:
        for extension, trial in zip(
            chosen, pool.map(lambda e: try_newest(e, catalog), chosen), strict=True
        ):
            trials[extension.id] = trial
            print(f"{extension.id:<16} {trial.package} {trial.version}  {trial.result}", flush=True)
            Path(verified.FILE).write_text(as_toml(trials), "utf-8")
            PAGE.write_text(as_page(extensions, trials), "utf-8")
    raise SystemExit(any(trials[e.id].result != WORKS for e in chosen))


if __name__ == "__main__":
    main()
