"""A provider of OpenID Connect for tests, on a free port of this machine.

It asks for no password: whoever comes is the person that its claims describe. All else is
as with a real one: codes for one use, PKCE, the client's secret, ID tokens signed by RS256.
"""

import hashlib
import json
import secrets
import time
from base64 import b64encode, urlsafe_b64encode
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET = "shop", "the secret of the shop"


@cache
def signing_key() -> RSAKey:
    """Return the key that tokens are signed with."""
    return RSAKey.generate_key(2048, {"kid": "test", "use": "sig"})


class Provider(ThreadingHTTPServer):
    """The provider; change ``claims`` to what it shall say of who comes."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.metadata_url = f"{self.issuer}/.well-known/openid-configuration"
        self.claims: dict[str, object] = {
            "sub": "1815",
            "name": "Ada",
            "email": "ada@example.com",
            "email_verified": True,
        }
        self.only_userinfo = False  # tells the address at /userinfo, not in the token
        self.key = signing_key()
        self.codes: dict[str, dict[str, str]] = {}

    def settings(self) -> dict[str, str]:
        """Return the settings of an application that is registered here."""
        return {
            "OAUTH_SERVER_METADATA_URL": self.metadata_url,
            "OAUTH_CLIENT_ID": CLIENT_ID,
            "OAUTH_CLIENT_SECRET": CLIENT_SECRET,
        }

    def id_token(self, nonce: str) -> str:
        """Sign what is known of who comes, and for whom that is meant."""
        now = int(time.time())
        meant = {"iss": self.issuer, "aud": CLIENT_ID, "nonce": nonce}
        claims = {**meant, "iat": now, "exp": now + 60, **self.claims}
        if self.only_userinfo:
            claims = {k: v for k, v in claims.items() if not k.startswith("email")}
        return jwt.encode({"alg": "RS256", "kid": "test"}, claims, self.key)


class Handler(BaseHTTPRequestHandler):
    """The pages of the provider."""

    server: Provider

    def do_GET(self) -> None:
        """Answer what browsers and applications ask for."""
        url = urlsplit(self.path)
        issuer = self.server.issuer
        if url.path == "/.well-known/openid-configuration":
            self.answer(
                {
                    "issuer": issuer,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "userinfo_endpoint": f"{issuer}/userinfo",
                    "jwks_uri": f"{issuer}/keys",
                    "id_token_signing_alg_values_supported": ["RS256"],
                }
            )
        elif url.path == "/keys":
            self.answer({"keys": [signing_key().as_dict(private=False)]})
        elif url.path == "/userinfo":
            self.answer(self.server.claims)
        elif url.path == "/authorize":
            self.authorize(dict(parse_qsl(url.query)))
        else:
            self.send_error(404)

    def authorize(self, asked: dict[str, str]) -> None:
        """Send the browser back with a code."""
        code = secrets.token_urlsafe()
        self.server.codes[code] = asked
        self.send_response(302)
        back = urlencode({"code": code, "state": asked["state"]})
        self.send_header("Location", f"{asked['redirect_uri']}?{back}")
        self.end_headers()

    def do_POST(self) -> None:
        """Give tokens for a code."""
        length = int(self.headers["Content-Length"])
        form = dict(parse_qsl(self.rfile.read(length).decode()))
        asked = self.server.codes.pop(form["code"], None)
        if asked is None or not self.is_good(form, asked):
            self.answer({"error": "invalid_grant"}, 400)
            return
        token = self.server.id_token(asked["nonce"])
        self.answer({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def is_good(self, form: dict[str, str], asked: dict[str, str]) -> bool:
        """Check the client's secret, its proof (PKCE), and where the code was sent."""
        client = b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        return (
            self.headers["Authorization"] == f"Basic {client}"
            and form["redirect_uri"] == asked["redirect_uri"]
            and challenge == asked["code_challenge"]
        )

    def answer(self, content: object, status: int = 200) -> None:
        """Send JSON."""
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Keep quiet."""
