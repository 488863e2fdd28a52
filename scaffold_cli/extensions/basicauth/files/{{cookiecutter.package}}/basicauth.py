"""Pages for those who know a name and a password, after HTTP's basic authentication."""

from functools import lru_cache
from hmac import compare_digest

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_httpauth import HTTPBasicAuth
from werkzeug.exceptions import Unauthorized
from werkzeug.security import check_password_hash

from .core.errors import error_response
from .views import PROBES


class BasicAuth(HTTPBasicAuth):
    """Guards views, ``basic_auth.login_required(view)``, or the whole site.

    Who is let in, the settings of the current application say; without a password in them,
    nobody is. So one object serves several applications.
    """

    def __init__(self) -> None:
        super().__init__(realm="Please log in")
        self.verify_password(is_known)
        self.error_handler(refuse)

    def init_app(self, app: Flask) -> None:
        """Bind it to an application, and guard all of that if it says so."""
        app.extensions["basicauth"] = self
        if app.config["BASIC_AUTH_WHOLE_SITE"]:
            app.before_request(self.guard)

    def guard(self) -> ResponseReturnValue | None:
        """Let the request pass, or answer it with 401."""
        if request.endpoint in PROBES:  # load balancers know no password
            return None
        answer: ResponseReturnValue | None = self.login_required(lambda: None)()
        return answer


def is_known(username: str, password: str) -> bool:
    """Tell whether somebody is who the settings let in."""
    config = current_app.config
    known = compare_digest(
        username.encode(), str(config["BASIC_AUTH_USERNAME"]).encode()
    )
    return matches(config["BASIC_AUTH_PASSWORD_HASH"], password) and known


@lru_cache(maxsize=32)
def matches(password_hash: str, password: str) -> bool:
    """Compare with a hash; once, as that is slow and browsers send it with each request."""
    return bool(password_hash) and check_password_hash(password_hash, password)


def refuse(status: int) -> ResponseReturnValue:
    """Answer with the site's own error page."""
    return error_response(Unauthorized())
