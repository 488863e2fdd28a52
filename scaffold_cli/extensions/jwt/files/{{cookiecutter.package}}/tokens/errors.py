"""Answers to who brings no token, or one that is no good: in the form of other errors."""

from typing import Any

from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Unauthorized

from ..core.errors import describe
from ..extensions import jwt

Claims = dict[str, Any]


def refuse(reason: str) -> ResponseReturnValue:
    """Answer 401, which names the way in (RFC 6750), in JSON whoever asks."""
    return describe(Unauthorized(reason)), 401, {"WWW-Authenticate": "Bearer"}


jwt.unauthorized_loader(refuse)
jwt.invalid_token_loader(refuse)


@jwt.expired_token_loader
def refuse_expired(header: Claims, token: Claims) -> ResponseReturnValue:
    """Tell that it is time for another one."""
    return refuse("Token has expired")


@jwt.needs_fresh_token_loader
@jwt.revoked_token_loader
@jwt.token_verification_failed_loader
@jwt.user_lookup_error_loader
def refuse_good(header: Claims, token: Claims) -> ResponseReturnValue:
    """Refuse what this application has signed, and does not take here or any more."""
    return refuse("Token is not good here, or not any more")
