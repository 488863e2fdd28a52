"""The port: a web process has to listen where ``PORT`` says, within a minute."""

import re
from collections.abc import Iterator
from contextlib import suppress

from ..doctor import Finding
from .procfile import read, simple_commands
from .push import PROCFILE, Push

GUNICORN = "gunicorn.conf.py"
_NAME = re.compile(r"\bPORT\b")
_BIND = re.compile(r"(?:^|\s)(?:-b|--bind)[\s=]*(\S+)")
_MEND = "Bind to 0.0.0.0:$PORT"


def check(push: Push) -> Iterator[Finding]:
    """Tell whether the process ``web`` takes its port from ``PORT``."""
    command = read(push.texts.get(PROCFILE, "")).get("web")
    if command is None:
        return
    if re.search(r"\brunserver\b|\bflask\b.*\brun\b", command):
        mend = "Serve it by gunicorn, as .scaffold/base/Procfile does"
        yield Finding("warn", "port", "web runs the development server", mend)
    if re.search(r"\bgunicorn\b", command):
        yield _gunicorn(push, command)
    elif _NAME.search(command) or any(map(_NAME.search, _files(push, command))):
        yield Finding("ok", "port", "web listens on PORT")
    else:
        yield Finding("fail", "port", f"web does not take its port from PORT: {command}", _MEND)


def _gunicorn(push: Push, command: str) -> Finding:
    """Judge gunicorn's address: that of the command line, else of its file, else its default, which is PORT."""
    if given := _BIND.findall(command):
        if any(map(_NAME.search, given)):
            return Finding("ok", "port", "gunicorn listens on PORT, by its command line")
        return Finding("fail", "port", f"gunicorn is bound to {given[0]}", _MEND)
    named = re.search(r"(?:-c|--config)[\s=]*(?:file:)?(\S+)", command)
    path = named[1].removeprefix("./") if named else GUNICORN
    text = push.texts.get(path, "")
    if re.search(r"^bind\b", text, re.MULTILINE) and not _NAME.search(text):
        return Finding("fail", "port", f"{path} binds gunicorn without PORT", _MEND)
    return Finding("ok", "port", f"gunicorn listens on PORT, by {path if text else 'default'}")


def _files(push: Push, command: str) -> Iterator[str]:
    """Yield the text of each file and module that a command names."""
    with suppress(ValueError):
        for words in simple_commands(command):
            for word in words:
                for path in (word.removeprefix("./"), word.replace(".", "/") + ".py"):
                    yield push.texts.get(path, "")
