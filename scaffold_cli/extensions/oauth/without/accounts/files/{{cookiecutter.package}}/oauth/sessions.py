"""Who is logged in: the session alone knows."""

from collections.abc import Callable
from functools import wraps

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from .client import Person
from .redirects import is_local
from .renewal import renew_session

# Where people are sent when they could not log in.
ENTRANCE = "public.index"

View = Callable[..., ResponseReturnValue]


def log_in(person: Person) -> None:
    """Log somebody in, with nothing in the session that was planted there before."""
    renew_session()
    session["person"] = {"name": person.name, "email": person.email}


def login_required(view: View) -> View:
    """Show a view to people who are logged in, and send others to log in."""

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
        if "person" not in session:
            return redirect(url_for("oauth.login", next=request.full_path))
        return view(*args, **kwargs)

    return guarded


def next_url() -> str:
    """Return where the request wants to go after log-in, if that is on this site."""
    target = request.args.get("next", "")
    return target if is_local(target) else url_for("oauth.account")
