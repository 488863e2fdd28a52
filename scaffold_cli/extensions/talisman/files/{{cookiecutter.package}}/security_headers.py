"""Security headers of every answer: what its page may load, and over https only."""

from collections.abc import Iterator, Mapping

from flask import Flask, Response, redirect, request
from flask.typing import ResponseReturnValue
from flask_talisman import Talisman

from .core.checks import Finding
from .views import PROBES

Policy = Mapping[str, list[str]]

# The Content-Security-Policy: "*" is for all pages, a blueprint's name for its own.
# Each directive of a blueprint stands in the place of the one for all.
POLICIES: dict[str, Policy] = {
    "*": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
    # slot: csp
}

# <script nonce="{{ csp_nonce() }}"> may be inline where the policy holds for all.
NONCE_IN = ["script-src", "style-src"]

# What no page may use: the values are lists of origins.
PERMISSIONS = {
    "browsing-topics": "()",
    "camera": "()",
    "geolocation": "()",
    "microphone": "()",
}

A_DAY = 24 * 60 * 60  # seconds


class SecurityHeaders:
    """Sends them with every answer: pages, errors, redirects and files.

    Talisman keeps the options of one application, so each has a Talisman of its own,
    in ``app.extensions["talisman"]``.
    """

    def init_app(self, app: Flask) -> None:
        """Bind it to an application; one object serves several."""
        if app.config["FORCE_HTTPS"] and not app.debug:
            app.before_request(redirect_to_https)
        # Flask calls the last such function first: this one is called after Talisman's.
        app.after_request(allow_for_blueprint)
        app.extensions["talisman"] = Talisman(
            app,
            content_security_policy=POLICIES["*"],
            content_security_policy_nonce_in=NONCE_IN,
            force_https=False,  # Talisman's would redirect load balancers, too
            frame_options="DENY",
            permissions_policy=PERMISSIONS,
            session_cookie_samesite=app.config["SESSION_COOKIE_SAMESITE"],
            session_cookie_secure=False,  # leaves it as the settings say
            strict_transport_security=app.config["HSTS_SECONDS"] > 0,
            strict_transport_security_include_subdomains=False,
            strict_transport_security_max_age=app.config["HSTS_SECONDS"],
        )


def redirect_to_https() -> ResponseReturnValue | None:
    """Send who comes by http to the same address by https.

    Load balancers ask for ``/healthz`` and ``/readyz`` by http.
    """
    if request.is_secure or request.endpoint in PROBES:
        return None
    return redirect(request.url.replace("http://", "https://", 1), 308)


def allow_for_blueprint(response: Response) -> Response:
    """Lay what the page's blueprint needs over the policy for all."""
    for name in reversed(request.blueprints):
        for directive, sources in POLICIES.get(name, {}).items():
            response.content_security_policy[directive] = " ".join(sources)
    return response


def https(app: Flask) -> Iterator[Finding]:
    """Look before a deployment at whether strangers come by https only."""
    if not app.config["FORCE_HTTPS"]:
        message = "FORCE_HTTPS is off: who comes by http stays there"
        mend = "Leave FORCE_HTTPS out, unless the proxy redirects"
        yield Finding("warning", message, mend)
    if app.config["HSTS_SECONDS"] < A_DAY:
        message = "HSTS_SECONDS is short: browsers come by http again"
        mend = "Leave HSTS_SECONDS out once https works, or have the proxy send it"
        yield Finding("warning", message, mend)
