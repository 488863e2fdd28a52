"""``JSONProvider``: JSON as Flask writes it, with encoders that are made once."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Response
from flask.json.provider import DefaultJSONProvider

from .responses import new_response
from .stock import watch

if TYPE_CHECKING:
    from .hooks import Hooks

JSON = "application/json"

_methods, _unpatched = watch(DefaultJSONProvider, "dumps", "response")


class JSONProvider(DefaultJSONProvider):
    """Flask's provider, which otherwise makes an encoder for every answer."""

    _app: "Hooks"
    _encode: tuple[Any, Callable[[Any], str]] | None = None

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
        text = f"{self._encoder()(self._prepare_response_obj(args, kwargs))}\n"
        return new_response(text.encode(), JSON) or Response(text, mimetype=JSON)

    def _encoder(self) -> Callable[[Any], str]:
        """Return the encoder for the attributes as they are, which may be set."""
        compact = self.compact
        spacious = compact is False or (compact is None and self._app.debug)
        options = (self.default, self.ensure_ascii, self.sort_keys, spacious)
        if self._encode is None or self._encode[0] != options:
            layout: dict[str, Any] = (
                {"indent": 2} if spacious else {"separators": (",", ":")}
            )
            encoder = json.JSONEncoder(
                default=self.default,
                ensure_ascii=self.ensure_ascii,
                sort_keys=self.sort_keys,
                **layout,
            )
            self._encode = (options, encoder.encode)
        return self._encode[1]
