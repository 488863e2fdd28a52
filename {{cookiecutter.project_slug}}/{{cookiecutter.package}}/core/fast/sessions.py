"""Sessions in signed cookies, opened when touched, and remembered; keys are derived once."""

import hmac
from binascii import a2b_base64, b2a_base64
from datetime import timedelta
from types import NoneType
from typing import TYPE_CHECKING, Any, NamedTuple

import flask
from flask import Flask, Response
from flask.json.provider import DefaultJSONProvider
from flask.sessions import (
    SecureCookieSessionInterface,
    SessionInterface,
    SessionMixin,
    session_json_serializer,
)
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import bytes_to_int
from itsdangerous.signer import HMACAlgorithm

from .request import Request
from .stock import unpatched, watch

if TYPE_CHECKING:
    from .hooks import Hooks

# What the payload of a token begins with when it was worth compressing.
COMPRESSED = b"."

# Many clients come: remember a few of their cookies, up to a megabyte, and begin anew then.
MOST_KNOWN = 256
LONGEST = 4096
UNCHANGING = (str, int, float, bool, NoneType)

# Between base64 for URLs and the usual one; the functions of base64 make several calls of it.
_USUAL = bytes.maketrans(b"-_", b"+/")
_FOR_URLS = bytes.maketrans(b"+/", b"-_")

_loads = unpatched(DefaultJSONProvider, "loads")
_stock = SecureCookieSessionInterface
_methods, _unpatched = watch(
    _stock,
    "open_session",
    "get_signing_serializer",
    "get_cookie_name",
    "make_null_session",
    "is_null_session",
    "save_session",
)
_details, _details_unpatched = watch(
    _stock,
    "get_signing_serializer",
    "is_null_session",
    "should_set_cookie",
    "digest_method",
    key_derivation="hmac",
    salt="cookie-session",
    serializer=session_json_serializer,
)


class Signed(NamedTuple):
    """What a session's cookie holds, and when it was signed."""

    at: int
    data: dict[str, Any]


class _SHA1(HMACAlgorithm):
    """HMAC with SHA-1 in one call, where the general algorithm makes two objects."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        return hmac.digest(key, value, "sha1")


class _Signer(TimestampSigner):
    """A signer that derives its key once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._derived = super().derive_key()

    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        if secret_key in (None, self.secret_keys[-1]):
            return self._derived
        return super().derive_key(secret_key)


class _Serializer(URLSafeTimedSerializer):
    """A serializer that makes its signer once, and is quick to accept what is fine."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._signer: Any = super().make_signer()

    def make_signer(self, salt: str | bytes | None = None) -> Any:
        return self._signer if salt in (None, self.salt) else super().make_signer(salt)

    def accept(self, token: str) -> tuple[str, int] | None:
        """Return the JSON text of a token, and when it was signed.

        :returns: None if there is anything to say against it, but for its age.
        """
        value, _, signature = token.encode().rpartition(b".")
        payload, _, timestamp = value.rpartition(b".")
        signer = self._signer
        digest = hmac.digest(signer.derive_key(), value, "sha1")
        if not hmac.compare_digest(_encode(digest), signature):
            return None
        if not payload or payload.startswith(COMPRESSED):
            return None
        return _decode(payload).decode(), bytes_to_int(_decode(timestamp))

    def is_valid(self, signed: int, lifetime: timedelta) -> bool:
        """Tell whether a token is neither too old nor of the future."""
        age: int = self._signer.get_timestamp() - signed
        return 0 <= age <= int(lifetime.total_seconds())


def _encode(data: bytes) -> bytes:
    """Encode as base64 for URLs, without padding."""
    return b2a_base64(data, newline=False).translate(_FOR_URLS).rstrip(b"=")


def _decode(text: bytes) -> bytes:
    """Decode base64 for URLs that is not padded."""
    return a2b_base64(text.translate(_USUAL) + b"=" * (-len(text) % 4))


class KeptKeys(_stock):
    """Opens and saves sessions as the stock interface does, with one key's serializer.

    What a cookie was found to hold is remembered, as visitors send it again and again.

    :param secret: the SECRET_KEY.
    """

    def __init__(self, secret: str | bytes) -> None:
        self.secret = secret
        self._known: dict[tuple[str, str], Signed] = {}
        self._kept = _Serializer(
            [secret],
            salt=self.salt,
            serializer=self.serializer,
            signer=_Signer,
            signer_kwargs={
                "key_derivation": self.key_derivation,
                "digest_method": self.digest_method,
                "algorithm": _SHA1(self.digest_method),
            },
        )

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer:
        """Return the one serializer."""
        return self._kept

    def open_session(self, app: Flask, request: flask.Request) -> Any:
        """Open the session; what is wrong with a cookie is for the stock code to say."""
        key = self._key(app, request)
        signed = self._known.get(key) if key else None
        if signed is None:
            signed = self._read(app, request.cookies.get(self.get_cookie_name(app)))
            if signed and key:
                self._remember(key, signed)
        if signed and self._kept.is_valid(signed.at, app.permanent_session_lifetime):
            return self.session_class(signed.data)
        return super().open_session(app, request)

    def _key(self, app: Flask, request: flask.Request) -> tuple[str, str] | None:
        """Return what a session is known by: its cookie's name, and the header.

        :returns: None where it is to be read by somebody else's code, or is long.
        """
        if (
            type(request) is Request
            and "cookies" not in vars(request)
            and request.cookie
            and len(request.cookie) <= LONGEST
            and getattr(app.json.loads, "__func__", self) is _loads
        ):
            return self.get_cookie_name(app), request.cookie
        return None

    def _read(self, app: Flask, token: str | None) -> Signed | None:
        """Return what a token holds; None if there is anything to say against it."""
        try:
            accepted = self._kept.accept(token) if token else None
            if accepted is None:
                return None
            text, at = accepted
            data = self.serializer._untag_scan(app.json.loads(text))
        except Exception:
            return None
        return Signed(at, data) if type(data) is dict else None

    def _remember(self, key: tuple[str, str], signed: Signed) -> None:
        """Remember what a cookie holds, if none of it can be changed in its place."""
        if all(type(value) in UNCHANGING for value in signed.data.values()):
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key] = signed

    def save_session(
        self, app: Flask, session: SessionMixin, response: Response
    ) -> None:
        """Save the session; of one that was only read, caches are told."""
        headers = response.headers
        if (
            type(session) is not self.session_class
            or session.modified
            or session.permanent
            or any(name.lower() == "vary" for name, _ in headers)
        ):
            super().save_session(app, session, response)
        elif session.accessed:
            headers.add("Vary", "Cookie")


def has_own_settings(kind: type[Flask]) -> bool:
    """Tell whether a class of applications says itself what stock Flask has in settings.

    :param kind: such as ``class Shop(App): secret_key = "..."``.
    """
    names = ("secret_key", "permanent_session_lifetime")
    return any(getattr(kind, name) is not getattr(Flask, name) for name in names)


def may_wait(app: "Hooks", request: Request, secret: Any) -> bool:
    """Tell whether nobody can see when the session is opened.

    That is so for the stock interface with settings and cookies that it can read:
    what would raise an error has to do so at the start of the request.

    :param secret: the SECRET_KEY.
    """
    if (
        app.has_own_settings
        or not is_stock(app.session_interface)
        or app.config["SECRET_KEY_FALLBACKS"]
    ):
        return False
    if not secret:
        return True
    cookie = request.environ.get("HTTP_COOKIE")
    if cookie is None:
        request.cookie = ""
        return type(secret) in (str, bytes)
    if type(cookie) is str and cookie.isascii():
        request.cookie = cookie
        lifetime = app.config["PERMANENT_SESSION_LIFETIME"]
        return type(secret) in (str, bytes) and type(lifetime) is timedelta
    return False


def is_stock(interface: SessionInterface) -> bool:
    """Tell whether sessions are opened and saved by stock Flask."""
    return (
        type(interface) is _stock
        and not vars(interface)
        and _methods(_stock) == _unpatched
    )


def open_session(app: "Hooks", request: Request, secret: Any) -> SessionMixin:
    """Open the session that could wait.

    :param secret: the SECRET_KEY at the start of the request.
    """
    interface = app.session_interface
    session = (
        _keys(app, interface, secret).open_session(app, request) if secret else None
    )
    return interface.make_null_session(app) if session is None else session


def save_session(app: "Hooks", session: Any, response: Response) -> None:
    """Save a session that is open."""
    interface = app.session_interface
    if interface.is_null_session(session):
        return
    secret = app.config["SECRET_KEY"]
    if (
        type(secret) in (str, bytes)
        and not app.config["SECRET_KEY_FALLBACKS"]
        and not app.has_own_settings
        and is_stock(interface)
    ):
        interface = _keys(app, interface, secret)
    interface.save_session(app, session, response)


def _keys(
    app: "Hooks", interface: SessionInterface, secret: str | bytes
) -> SessionInterface:
    """Return what opens and saves sessions with keys that are derived once."""
    if _details(_stock) != _details_unpatched:
        return interface
    keys = app.keys
    if keys is None or keys.secret != secret or type(keys.secret) is not type(secret):
        keys = app.keys = KeptKeys(secret)
    return keys
