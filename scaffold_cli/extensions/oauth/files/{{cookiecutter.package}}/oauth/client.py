"""The provider of OpenID Connect, as a Flask extension over Authlib."""

from dataclasses import dataclass
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError
from requests import RequestException


@dataclass(frozen=True)
class Person:
    """Whom the provider has recognised: the subject is unique with this issuer."""

    issuer: str
    subject: str
    name: str
    email: str
    email_verified: bool


class LoginError(Exception):
    """The provider cannot be reached, has refused, or says what nobody should believe."""


class OpenIDConnect:
    """Logs people in with the provider that ``OAUTH_SERVER_METADATA_URL`` names.

    Each application gets a registry of its own, in ``app.extensions["oauth"]``: one that
    is shared would send the client of the application that it was bound to last.
    """

    def init_app(self, app: Flask) -> None:
        """Bind it to an application; one object serves several."""
        registry = OAuth(app)
        # Authlib reads OAUTH_CLIENT_ID and the like, as the name says.
        registry.register(
            "oauth",
            client_kwargs={
                "scope": "openid email profile",
                "code_challenge_method": "S256",
                "default_timeout": 10,
            },
        )
        app.extensions["oauth"] = registry

    @property
    def client(self) -> Any:
        """Authlib's client of the current application."""
        return current_app.extensions["oauth"].oauth

    def send_away(self, callback: str) -> ResponseReturnValue:
        """Send the visitor to the provider, who sends them back to a URL.

        :raises LoginError: when the provider cannot be reached.
        """
        try:
            response: ResponseReturnValue = self.client.authorize_redirect(callback)
        except (AuthlibBaseError, RequestException) as error:
            raise LoginError(str(error)) from error
        return response

    def recognise(self) -> Person:
        """Return who is coming back from the provider with the current request.

        :raises LoginError: when that is not certain.
        """
        try:
            token = self.client.authorize_access_token()
            claims = dict(token.get("userinfo") or {})
            if claims and "email" not in claims:
                more = self.client.userinfo()  # some say no more than they must
                if more.get("sub") == claims["sub"]:
                    claims = {**more, **claims}
        except (AuthlibBaseError, JoseError, RequestException, ValueError) as error:
            raise LoginError(str(error)) from error
        if not claims:
            raise LoginError("There is no ID token in the provider's answer.")
        return Person(
            issuer=claims["iss"],
            subject=claims["sub"],
            name=claims.get("name") or claims.get("email") or claims["sub"],
            email=claims.get("email", ""),
            email_verified=claims.get("email_verified") is True,
        )
