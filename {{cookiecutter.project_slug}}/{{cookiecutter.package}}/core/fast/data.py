"""``JSONProvider``: JSON as Flask writes it, with encoders that are made once."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Response
from flask.json.provider import DefaultJSONProvider

from .by_orjson import find_writer
from .responses import new_response
from .stock import watch

if TYPE_CHECKING:
    from .hooks import Hooks

JSON = "application/json"

_methods, _unpatched = watch(DefaultJSONProvider, "dumps", "response")


class JSONProvider(DefaultJSONProvider):
    """Flask's provider, which otherwise makes an encoder for every answer."""

    _app: "Hooks"
    _encode: tuple[Any, Callable[[Any], bytes]] | None = None

    def response(self, *args: Any, **kwargs: Any) -> Response:
        """Make a response of data."""
        app = self._app
        if (
            app.routes is None
            or app.response_class is not Response
            or self.mimetype != JSON
            or "dumps" in vars(self)
            or type(self).dumps is not DefaultJSONProvider.dumps
            or _methods(DefaultJSONProvider) != _unpatched
        ):
            return super().response(*args, **kwargs)  # type: ignore[return-value]
        text = self._encoder()(self._prepare_response_obj(args, kwargs))
        return new_response(text, JSON) or Response(text.decode(), mimetype=JSON)

    def _encoder(self) -> Callable[[Any], bytes]:
        """Return the encoder for the attributes as they are, which may be set."""
        compact = self.compact
        spacious = compact is False or (compact is None and self._app.debug)
        options = (self.default, self.ensure_ascii, self.sort_keys, spacious)
        if self._encode is None or self._encode[0] != options:
            self._encode = (options, make_encoder(*options))
        return self._encode[1]


def make_encoder(
    default: Callable[[Any], Any], ensure_ascii: bool, sort_keys: bool, spacious: bool
) -> Callable[[Any], bytes]:
    """Return what writes data as the standard library does, and a line's end.

    :param default: what makes something that can be written of an object that cannot.
    :param spacious: whether to break lines, for people to read.
    """
    layout: dict[str, Any] = {"indent": 2} if spacious else {"separators": (",", ":")}
    encode = json.JSONEncoder(
        default=default, ensure_ascii=ensure_ascii, sort_keys=sort_keys, **layout
    ).encode
    write = None if spacious else find_writer(ensure_ascii, sort_keys)
    if write is None:
        return lambda data: f"{encode(data)}\n".encode()
    return lambda data: write(data) or f"{encode(data)}\n".encode()
