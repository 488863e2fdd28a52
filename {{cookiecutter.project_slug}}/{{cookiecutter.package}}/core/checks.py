"""What to mend before a deployment: the checks of ``manage.py check --deploy``."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from .readiness import ask_all

LEVELS = ["info", "warning", "error"]

NEW_KEY = 'Set SECRET_KEY to: python -c "import secrets; print(secrets.token_hex())"'
SHORTEST_KEY = 32  # characters

# Keys that stand in documentation and tutorials.
WELL_KNOWN = {
    "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
    "you-will-never-guess",
}


class Finding(NamedTuple):
    """What is not as it should be on a server, and how to mend it, in a line each."""

    level: str
    message: str
    mend: str


Check = Callable[[Flask], Iterable[Finding]]


def secret_key(app: Flask) -> Iterator[Finding]:
    """Look at the keys that sign the session."""
    fallbacks = app.config["SECRET_KEY_FALLBACKS"] or []
    for key in [app.config["SECRET_KEY"], *fallbacks]:
        if problem := weakness(key or ""):
            yield Finding("error", f"SECRET_KEY {problem}", NEW_KEY)


def weakness(key: str | bytes) -> str:
    """Return what is wrong with a key; nothing if it is good."""
    if not key:
        return "is not set"
    if key in WELL_KNOWN:
        return "is known to everybody, from documentation"
    if len(key) < SHORTEST_KEY:
        return f"is short: {len(key)} characters"
    return "is easy to guess" if len(set(key)) < SHORTEST_KEY // 4 else ""


def debug(app: Flask) -> Iterator[Finding]:
    """Look at what is for development only."""
    if app.config["DEBUG"]:
        mend = "Set FLASK_DEBUG=0, or leave it out; .env is for development"
        yield Finding("error", "FLASK_DEBUG is on: strangers could run code", mend)
    if app.config["TESTING"]:
        mend = "Leave TESTING out of the settings"
        yield Finding("error", "TESTING is on: errors are not handled", mend)


def cookies(app: Flask) -> Iterator[Finding]:
    """Look at who can read the session's cookie, and who has it sent."""
    if app.config["SESSION_COOKIE_SECURE"] is False and not app.debug:
        mend = "Leave SESSION_COOKIE_SECURE out, or set it to 1"
        yield Finding("error", "SESSION_COOKIE_SECURE is off: cookies in clear", mend)
    if not app.config["SESSION_COOKIE_HTTPONLY"]:
        message = "SESSION_COOKIE_HTTPONLY is off: scripts read the session's cookie"
        yield Finding("error", message, "Set SESSION_COOKIE_HTTPONLY = True")
    if app.config["SESSION_COOKIE_SAMESITE"] not in ("Lax", "Strict"):
        message = "SESSION_COOKIE_SAMESITE is off: other sites have the cookie sent"
        yield Finding("warning", message, 'Set SESSION_COOKIE_SAMESITE = "Lax"')


def hosts(app: Flask) -> Iterator[Finding]:
    """Look at whose name requests may give to this server."""
    if not app.config["TRUSTED_HOSTS"]:
        message = "TRUSTED_HOSTS is empty: addresses in pages and mails can be forged"
        mend = "Set TRUSTED_HOSTS to the hosts you serve"
        yield Finding("warning", message, mend)


def proxies(app: Flask) -> Iterator[Finding]:
    """Look at whether the proxies in front are known."""
    if not app.config["TRUSTED_PROXIES"]:
        message = "TRUSTED_PROXIES is 0: behind a proxy all visitors have its address"
        mend = "Behind nginx, Heroku or the like: TRUSTED_PROXIES=1"
        yield Finding("warning", message, mend)


def https_elsewhere(app: Flask) -> Iterator[Finding]:
    """Remind of what the application leaves to the proxy."""
    message = "https is left to the proxy: to redirect to it, and to send HSTS"
    mend = "Have it answer http with a redirect, and https with the header"
    yield Finding("info", message, mend)


def needs(app: Flask) -> Iterator[Finding]:
    """Ask for what the application needs, as ``/readyz`` does."""
    for name, answers in ask_all(app).items():
        if not answers:
            mend = "Start it, or mend its address; the line in the log says why"
            yield Finding("error", f"There is no answer of the {name}", mend)


def embedded(setting: str, default: object, reason: str, variable: str = "") -> Check:
    """Return a check that a default which is not for a server has been replaced.

    :param setting: its key in the settings.
    :param reason: why it is not for a server.
    :param variable: the variable of the environment, if it is called otherwise.
    """

    def check(app: Flask) -> Iterator[Finding]:
        if app.config.get(setting) in (default, "", None):
            name = variable or setting
            yield Finding("warning", f"{name}: {reason}", f"Set {name}")

    return check


def check_command(checks: Iterable[Check]) -> click.Command:
    """Make the command that runs checks, and fails for what they find."""

    @click.command("check")
    @click.option("--deploy", is_flag=True, help="Look at it as a server will run it.")
    @click.option(
        "--fail-level",
        type=click.Choice(LEVELS),
        default="error",
        show_default=True,
        help="The least that makes the command fail.",
    )
    @with_appcontext
    def check(deploy: bool, fail_level: str) -> None:
        """See that the application starts, and with --deploy whether it is fit to."""
        if not deploy:
            click.echo("The application starts.")
            return
        app: Any = current_app
        findings = [finding for look in checks for finding in look(app)]
        report(findings)
        if any(LEVELS.index(f.level) >= LEVELS.index(fail_level) for f in findings):
            raise SystemExit(1)

    return check


def report(findings: list[Finding]) -> None:
    """Print findings, what is worst first."""
    for finding in sorted(findings, key=lambda f: -LEVELS.index(f.level)):
        click.echo(f"{finding.level:8} {finding.message}")
        click.echo(f"{'':8} {finding.mend}")
    if not findings:
        click.echo("Nothing is to be mended.")
