"""The Procfile: its processes, and whether what they run comes along."""

import re
import shlex
import sys
from collections.abc import Iterator, Mapping

from ..doctor import Finding
from ..pins import normalize
from .push import PROCFILE, Push

_LINE = re.compile(r"([A-Za-z0-9_-]+):\s*(\S.*)")
_ASSIGNMENT = re.compile(r"\w+=.*")
_TARGET = re.compile(r"([A-Za-z_][\w.]*):[\w()]+")
_OPERATORS = frozenset(["&&", "||", ";", "|", "&"])
_WRAPPERS = frozenset(["exec", "env", "nice", "nohup", "time"])

# What Heroku's own image and the buildpack bring.
_PYTHON = frozenset(["python", "python3"])
_SYSTEM = _PYTHON | frozenset(
    ["bash", "cd", "curl", "echo", "export", "false", "pip", "sh", "sleep", "test", "true", "["]
)
_BROUGHT_BY = {"uwsgi": "pyuwsgi"}  # where the program and its package have different names
_OWN_COMMANDS = ("release", "worker")  # of manage.py: those that extensions put into a Procfile


def read(text: str) -> dict[str, str]:
    """Return the processes of a Procfile, to their commands."""
    matches = filter(None, map(_LINE.match, text.splitlines()))
    return {match[1]: match[2] for match in matches}


def check(push: Push) -> Iterator[Finding]:
    """Tell what is wrong with the Procfile, and what its processes run that is not there."""
    if PROCFILE not in push.paths:
        like = [path for path in sorted(push.paths) if path.lower().startswith("procfile")]
        mend = f"git mv {like[0]} Procfile" if like else "cp .scaffold/base/Procfile ."
        message = f"its name is Procfile, not {like[0]}" if like else "there is no Procfile"
        yield Finding("fail", "Procfile", message, mend)
        return
    text = push.texts.get(PROCFILE, "")
    problems = [*_lines(text), *_processes(push, read(text))]
    yield from problems
    if not problems:
        yield Finding("ok", "Procfile", f"processes: {', '.join(read(text))}")


def _lines(text: str) -> Iterator[Finding]:
    """Tell of lines that Heroku does not read, and of names that stand twice."""
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        match = _LINE.match(line)
        if match is None and line.strip() and not line.startswith("#"):
            message = f"line {number} is no process: {line.strip()[:40]!r}"
            yield Finding("fail", "Procfile", message, "Write NAME: COMMAND, a line each")
        elif match and match[1] in seen:
            message = f"{match[1]} stands there twice"
            yield Finding("fail", "Procfile", message, "Take one of the lines out")
        if match:
            seen.add(match[1])


def _processes(push: Push, processes: Mapping[str, str]) -> Iterator[Finding]:
    """Tell which processes are missing, and what those that are there lack."""
    if "web" not in processes:
        message = "there is no process web: Heroku would pass no request on"
        yield Finding("fail", "Procfile", message, "Take it back: .scaffold/base/Procfile has it")
    manage = push.texts.get(f"{push.package}/manage.py", "")
    if "release" not in processes and "def release(" in manage:
        message = "there is no process release: migrations would not be run"
        yield Finding("fail", "Procfile", message, "Add: release: python manage.py release")
    for name, command in processes.items():
        for message, mend in _missing(push, command):
            yield Finding("fail", "Procfile", f"{name}: {message}", mend)


def _missing(push: Push, command: str) -> Iterator[tuple[str, str]]:
    """Yield what a command needs and does not find, and how to mend it."""
    try:
        commands = list(simple_commands(command))
    except ValueError:
        yield f"a quote is not closed in {command!r}", "Close it"
        return
    for words in commands:
        yield from _of_program(push, words)
        yield from _of_target(push, words)


def simple_commands(command: str) -> Iterator[list[str]]:
    """Yield the commands that a shell would run, without assignments and what wraps them.

    Raises:
        ValueError: A quote is not closed.
    """
    words: list[str] = []
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    for word in [*lexer, ";"]:
        if word not in _OPERATORS:
            if words or not (_ASSIGNMENT.fullmatch(word) or word in _WRAPPERS):
                words.append(word)
        elif words:
            yield words
            words = []


def _of_program(push: Push, words: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the program, or what Python is to run, where it is not there."""
    program, *rest = words
    if program in _PYTHON:
        yield from _of_python(push, rest)
    elif "/" in program:
        if program.removeprefix("./") not in push.paths:
            yield f"there is no {program}", "Add it to the repository"
    elif not _is_brought(program, push.packages):
        mend = "Name its package in pyproject.toml, and pin it as requirements.txt says"
        yield f"no package of requirements.txt brings {program}", mend


def _is_brought(program: str, packages: frozenset[str] | None) -> bool:
    """Tell whether a program is Heroku's, or of a package by that name: waitress-serve is waitress's."""
    name = normalize(program)
    return (
        packages is None
        or program in _SYSTEM
        or _BROUGHT_BY.get(name) in packages
        or any(f"{name}-".startswith(f"{p}-") or p.startswith(f"{name}-") for p in packages)
    )


def _of_python(push: Push, words: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the module or the file that Python is to run, where it is not there."""
    if words[:1] == ["-m"] and len(words) > 1:
        if not _is_importable(words[1], push):
            yield f"there is no module {words[1]}", "Mend the name, or add it"
    elif words and not words[0].startswith("-"):
        if words[0].removeprefix("./") not in push.paths:
            yield f"there is no {words[0]}", "Mend the name, or add it"
        elif words[0].endswith("manage.py") and not _has_command(push, words[1:2]):
            mend = f"Add it to {push.package}/manage.py, or take the process out"
            yield f"manage.py has no command {words[1]}", mend


def _has_command(push: Push, words: list[str]) -> bool:
    """Tell whether manage.py has a command, as far as that can be told: packages bring some, too."""
    text = push.texts.get(f"{push.package}/manage.py", "")
    return not any(word in _OWN_COMMANDS and f"def {word}(" not in text for word in words)


def _is_importable(module: str, push: Push) -> bool:
    path = module.replace(".", "/")
    root = module.partition(".")[0]
    own = {f"{path}.py", f"{path}/__init__.py", f"{path}/__main__.py"}
    return bool(
        own & push.paths
        or root in sys.stdlib_module_names
        or (root != push.package and _is_brought(root, push.packages))
    )


def _of_target(push: Push, words: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the module that a server is to take the application from, where it is not there."""
    for word in words[1:]:
        target = _TARGET.fullmatch(word)
        if target and not _is_importable(target[1], push):
            yield f"there is no module {target[1]}", f"Name it: {push.package}.app:app"
