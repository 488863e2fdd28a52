"""What the debug toolbar needs of the security headers, in debug."""

from flask import Response


def allow_toolbar(response: Response) -> Response:
    """Let pages have inline scripts and styles, as the toolbar is made of them.

    A nonce would forbid all that are without.
    """
    policy = response.content_security_policy
    for directive in ("script-src", "style-src"):
        sources = [s for s in policy[directive].split() if not s.startswith("'nonce-")]
        policy[directive] = " ".join([*sources, "'unsafe-inline'"])
    return response
