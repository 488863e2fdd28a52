"""The project's virtual environment: made and filled with uv, or with pip where uv can't run."""

import os
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from .bytecode import compiled_beside
from .errors import InstallError

FOLDER = ".venv"
REQUIREMENTS = "requirements-dev.txt"  # begins with -r requirements.txt
RUN_COMMANDS = """
import importlib, shlex, sys
manager = importlib.import_module(sys.argv[1] + ".manage").manager
for command in sys.argv[2:]:
    manager.main(shlex.split(command), "manage.py", standalone_mode=False)
"""


def python(project: str) -> str:
    """Return the path of the interpreter in a project's environment."""
    inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(os.path.abspath(project), FOLDER, *inside)


def install(project: str) -> None:
    """Make a project's ``.venv`` and install its pinned requirements, every hash checked.

    Raises:
        InstallError: It did not work; the hint says how to go on by hand.
    """
    uv = find_uv()
    if uv:
        _install_with_uv([uv, "--quiet", *_cache_options()], project)
    else:
        _run([sys.executable, "-m", "venv", FOLDER], project)
        _fill_with_pip(project)


def add(project: str) -> None:
    """Install what a project's environment lacks of its pinned requirements; nothing is taken away.

    Raises:
        InstallError: It did not work; the hint says how to go on by hand.
    """
    uv = find_uv()
    if uv:
        _fill([uv, "--quiet", *_cache_options()], project)
    else:
        _fill_with_pip(project)


def _fill_with_pip(project: str) -> None:
    options = ["--disable-pip-version-check", "--quiet", "--require-hashes"]
    _run([python(project), "-m", "pip", "install", *options, "-r", REQUIREMENTS], project)


def _install_with_uv(uv: Sequence[str], project: str) -> None:
    _run([*uv, "venv", "--clear", "--python", sys.executable, FOLDER], project)
    _fill(uv, project)


def _fill(uv: Sequence[str], project: str) -> None:
    """Install from uv's cache alone where it has everything: asking the index takes longer."""
    target = ["--python", python(project), "--require-hashes", "-r", REQUIREMENTS]
    try:
        _run([*uv, "--offline", "pip", "install", *target], project)
    except InstallError:
        _run([*uv, "pip", "install", *target], project)


def go_on(project: str) -> str:
    """Return one line that says how to install by hand."""
    return (
        f"The project is complete. Go on in {project} with: "
        f"python -m venv {FOLDER}, then pip install -r {REQUIREMENTS} in it"
    )


class Preparation(NamedTuple):
    """The first commands of a fresh project.

    Attributes:
        package: The name of the project's package.
        commands: Command lines, as after ``manage.py``.
        settings: Environment variables that the project reads. What they say here is not meant for it: a
            ``DATABASE_URL`` of this shell names another application's database.
    """

    package: str
    commands: Sequence[str]
    settings: Collection[str]


def prepare(project: str, preparation: Preparation) -> None:
    """Run a project's first commands, in one process: starting it is what takes time.

    Args:
        project: The project's folder.
        preparation: What to run, and where it must not look.

    Raises:
        InstallError: One of them failed.
    """
    requirements = os.path.join(project, "requirements.txt")
    with compiled_beside(python(project), _site_packages(project), requirements):
        command = [python(project), "-c", RUN_COMMANDS, preparation.package]
        _run([*command, *preparation.commands], project, unset=preparation.settings)


def free_port(wanted: int) -> int:
    """Return the wanted port where it is free on this machine, else another one that is."""
    import socket

    for port in (wanted, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            free: int = probe.getsockname()[1]
            return free
    return wanted


def serve(project: str, port: int) -> int:
    """Run a project's development server until it is stopped.

    Args:
        project: The project's folder.
        port: The port to listen on.

    Returns:
        The server's exit code.
    """
    command = [python(project), "manage.py", "runserver", "-p", str(port)]
    if os.name != "nt":  # become the server: then every signal is for it
        os.chdir(project)
        os.execve(command[0], command, own_environment())
    try:
        return subprocess.call(command, cwd=project, env=own_environment())
    except KeyboardInterrupt:  # how one stops a development server
        return 0


def _site_packages(project: str) -> str:
    """Return the folder of an environment's packages."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    inside = ("Lib",) if os.name == "nt" else ("lib", version)
    return os.path.join(os.path.abspath(project), FOLDER, *inside, "site-packages")


def find_uv() -> str | None:
    """Return the path of a uv that runs here, or None."""
    try:
        from uv import find_uv_bin

        uv = str(find_uv_bin())
        subprocess.run([uv, "--version"], capture_output=True, check=True)
    except (ImportError, OSError, subprocess.SubprocessError):
        return None
    return uv


def _cache_options() -> Sequence[str]:
    """Keep uv going where its cache can't be written, as with a read-only home."""
    folder = os.environ.get("UV_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    folder = folder or os.path.expanduser("~")
    nearest = _nearest(folder)
    writable = os.path.isdir(nearest) and os.access(nearest, os.W_OK)
    return () if writable else ("--no-cache",)


def _nearest(folder: str) -> str:
    """Return the deepest existing folder of a path."""
    while not os.path.exists(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder


def own_environment(unset: Collection[str] = ()) -> Mapping[str, str]:
    """Return this process's environment without what would lead into another project's."""
    foreign = {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "FLASK_APP", *unset}
    return {key: value for key, value in os.environ.items() if key not in foreign}


def _run(command: Sequence[str], project: str, unset: Collection[str] = ()) -> None:
    environment = own_environment(unset)
    try:
        done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
    except OSError as error:
        raise _failed(project, command, str(error)) from error
    if done.returncode:
        raise _failed(project, command, done.stderr or done.stdout)


def _failed(project: str, command: Sequence[str], output: str) -> InstallError:
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["it said nothing"]
    told = next((line for line in lines if line.lower().startswith("error")), lines[-1])
    name = os.path.basename(command[0])
    return InstallError(f"Installing failed; {name} says: {told}", go_on(project))
