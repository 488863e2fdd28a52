"""How often one address may ask for a page."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address
from werkzeug.exceptions import TooManyRequests

from .core.errors import error_response
from .core.readiness import add_need
from .views import PROBES

# How often an address may post to an endpoint, for which guessing must not pay; None is
# for no limit at all. RATELIMIT_DEFAULT holds for everything else.
LIMITS: dict[str, str | None] = {
    **dict.fromkeys(PROBES),
    # slot: rate-limits
}

# Seconds to wait for Redis; ?socket_timeout= in its address wins.
PATIENCE: dict[str, str | int] = {"socket_timeout": 5}

TOO_OFTEN = "That was too often. Wait a little, then try again."


class RateLimits:
    """Refuses an address that asks too often.

    A Limiter counts for one application, so each has a Limiter of its own, in
    ``app.extensions["rate_limits"]``. Who asks is told by ``request.remote_addr``, which
    is the client's behind as many proxies as TRUSTED_PROXIES says.
    """

    def init_app(self, app: Flask) -> None:
        """Make the application's Limiter; one object serves several."""
        storage = app.config["RATELIMIT_STORAGE_URI"] or "memory://"
        limiter = app.extensions["rate_limits"] = Limiter(
            get_remote_address,
            app=app,
            storage_uri=storage,
            storage_options=PATIENCE if storage.startswith("redis") else {},
            key_prefix=app.import_name,
            in_memory_fallback_enabled=True,  # while a server that counts is away
        )
        if limiter.enabled and not storage.startswith("memory:"):
            add_need(app, "rate limits", limiter.storage.check, essential=False)
        app.register_error_handler(RateLimitExceeded, too_many_requests)

    def limit_endpoints(self, app: Flask) -> None:
        """Put the limits of single endpoints on them, once all are there."""
        limiter: Limiter = app.extensions["rate_limits"]
        if not limiter.enabled:
            return
        views: dict[str, Callable[..., Any]] = app.view_functions
        for endpoint in LIMITS.keys() & views.keys():
            limit = LIMITS[endpoint]
            if limit is None:
                limiter.exempt(views[endpoint])
            else:
                limited = limiter.limit(limit, methods=["POST"])
                views[endpoint] = limited(views[endpoint])


def too_many_requests(error: RateLimitExceeded) -> ResponseReturnValue:
    """Answer 429 with words for people; the header Retry-After says when to come back."""
    return error_response(TooManyRequests(TOO_OFTEN))
