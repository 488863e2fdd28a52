"""``Request``: Flask's request, with attributes that are computed when they are read."""

from collections.abc import Callable
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

import flask
from flask.helpers import _split_blueprint_path
from werkzeug.datastructures import EnvironHeaders, Headers, ImmutableMultiDict
from werkzeug.sansio.http import parse_cookie

from .stock import unpatched, watch

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

T = TypeVar("T")

# What the environment says when a request comes in: a view may change it later.
Snapshot = tuple[str, str, str, str, str, str, str]
METHOD, SCRIPT_NAME, PATH_INFO, SCHEME, HOST, SERVER, PORT = range(7)
read_snapshot: Callable[["WSGIEnvironment"], Snapshot] = itemgetter(
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "PATH_INFO",
    "wsgi.url_scheme",
    "HTTP_HOST",
    "SERVER_NAME",
    "SERVER_PORT",
)

SCHEMES = ("http", "https")

_methods, _unpatched = watch(flask.Request, "__init__", trusted_hosts=None)
_close = unpatched(flask.Request, "close")


class Lazy(Generic[T]):
    """An attribute that a function computes when it is first read, unless it was set."""

    def __init__(self, function: Callable[[Any], T]) -> None:
        self.function = function
        self.__doc__ = function.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, request: None, owner: type) -> "Lazy[T]": ...
    @overload
    def __get__(self, request: object, owner: type) -> T: ...
    def __get__(self, request: object | None, owner: type) -> "Lazy[T] | T":
        if request is None:
            return self
        value = self.function(request)
        setattr(request, self.name, value)
        return value


class Request(flask.Request):
    """A request whose attributes come from a snapshot of its environment.

    :func:`new_request` makes it; its constructor is the stock one, which sets them all.
    """

    snapshot: Snapshot
    #: What stood behind the question mark.
    query: str
    shallow = False
    #: The cookies, where they have to be as they were at the start.
    cookie: str | None = None

    @Lazy
    def method(self) -> str:
        """The method, in capital letters."""
        return self.snapshot[METHOD].upper()

    @Lazy
    def scheme(self) -> str:
        """The URL scheme."""
        return self.snapshot[SCHEME]

    @Lazy
    def server(self) -> tuple[str, int | None]:
        """The server's name, and its port where it has one."""
        try:
            return self.snapshot[SERVER], int(self.snapshot[PORT])
        except ValueError:
            return self.snapshot[SERVER], None

    @Lazy
    def root_path(self) -> str:
        """The path that the application is mounted at."""
        return self.snapshot[SCRIPT_NAME].rstrip("/")

    @Lazy
    def path(self) -> str:
        """The path within the application."""
        return "/" + self.snapshot[PATH_INFO].lstrip("/")

    @Lazy
    def query_string(self) -> bytes:
        """What stands behind the question mark."""
        return self.query.encode()

    @Lazy
    def headers(self) -> Headers:
        """The headers, which are read from the environment itself."""
        return EnvironHeaders(self.environ)

    @Lazy
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """The cookies, found without going through all headers."""
        header = self.cookie
        if header is None:
            header = self.environ.get("HTTP_COOKIE", "")
        if type(header) is not str:
            return super().cookies
        cookies: Any = parse_cookie(header, cls=self.dict_storage_class)
        return cookies  # type: ignore[no-any-return]

    @Lazy
    def host(self) -> str:
        """The host name; usually set before anybody reads it."""
        return super().host

    @property
    def blueprints(self) -> list[str]:
        """The blueprint's name, and those of the blueprints that it is nested in."""
        rule = self.url_rule
        if rule is None or "." not in rule.endpoint:
            return []
        return _split_blueprint_path(rule.endpoint.rpartition(".")[0])

    def close(self) -> None:
        """Close the files that were uploaded, if any were read."""
        if "files" in self.__dict__ or flask.Request.close is not _close:
            super().close()


def new_request(environ: "WSGIEnvironment") -> Request | None:
    """Make a request without computing what may never be read.

    :returns: None if the environment is unusual, which stock Flask shall judge: if it
        lacks something, is not ASCII, or asks for another protocol.
    """
    if _methods(flask.Request) != _unpatched:
        return None
    try:
        snapshot = read_snapshot(environ)
        plain = "".join(snapshot).isascii() and snapshot[SCHEME] in SCHEMES
    except (KeyError, TypeError):
        return None
    if not plain or not is_usual(environ):
        return None
    return make_request(environ, snapshot)


def is_usual(environ: "WSGIEnvironment") -> bool:
    """Tell whether what is not in the snapshot is as it should be."""
    query = environ.get("QUERY_STRING")
    return (
        type(environ) is dict
        and type(query) is str
        and query.isascii()
        and "HTTP_UPGRADE" not in environ
        and type(environ.get("HTTP_CONNECTION", "")) is str
    )


def make_request(environ: "WSGIEnvironment", snapshot: Snapshot) -> Request:
    """Make a request of an environment that is as it should be."""
    request = _new(Request)
    request.environ = environ
    request.snapshot = snapshot
    request.query = environ["QUERY_STRING"]
    request.remote_addr = environ.get("REMOTE_ADDR")
    environ["werkzeug.request"] = request
    return request


_new: Callable[[type[Request]], Request] = Request.__new__
