"""What Vite's development server needs of the security headers, in debug."""

from flask import Response, current_app

from .vite import dev_server


def allow_dev_server(response: Response) -> Response:
    """Let pages load from it and talk to it, and have the styles that it puts in.

    A nonce would forbid those that are without.
    """
    server = dev_server(current_app)
    if server:
        allow(response, "script-src", server)
        allow(response, "style-src", server, "'unsafe-inline'")
        allow(response, "img-src", server)
        allow(response, "font-src", server)
        allow(response, "connect-src", server, server.replace("http", "ws", 1))
    return response


def allow(response: Response, directive: str, *sources: str) -> None:
    """Add sources to a directive of the policy."""
    policy = response.content_security_policy
    kept = policy.get(directive, "'self'").split()
    if "'unsafe-inline'" in sources:
        kept = [source for source in kept if not source.startswith("'nonce-")]
    policy[directive] = " ".join(dict.fromkeys([*kept, *sources]))
