"""JSON written by orjson, where it is installed and writes the very bytes that Flask does.

orjson is some ten times as fast as the standard library, and writes most data alike. What
it writes otherwise is looked for, in what it wrote and by ``marshal``, which refuses
objects of any class that is not built in; such data is left to Flask's own encoder.
"""

import json
import marshal
import re
from collections.abc import Callable
from importlib import import_module
from json.encoder import encode_basestring_ascii
from typing import Any

Writer = Callable[[Any], bytes | None]

# Older versions of orjson write large numbers without a plus sign.
SAMPLE = [1e16, 1e300, -0.0, 1e-4, 0.1 + 0.2, 2**63, '\0\b\t\n\f\r\x1b\x7f"\\/é']

# A number's exponent, which orjson writes with fewer digits. "e-" alone is found quicker.
_exponent = re.compile(rb"\de-").search
# A number in marshal's format that is infinite or none; some others look like it, too.
_infinite = re.compile(rb"[\xf0-\xff][\x7f\xff]").search


def find_writer(ensure_ascii: bool, sort_keys: bool) -> Writer | None:
    """Return what writes compact JSON and a line's end; None without a fitting orjson.

    :param ensure_ascii: whether other characters than ASCII's are to be escaped.
    :returns: a function that returns None for data that Flask itself is to write.
    """
    try:
        orjson: Any = import_module("orjson")
    except ImportError:
        return None
    options = orjson.OPT_APPEND_NEWLINE | (orjson.OPT_SORT_KEYS if sort_keys else 0)

    def write(data: Any) -> bytes | None:
        try:
            text: bytes = orjson.dumps(data, None, options)
            if b"0.0000" in text or (b"e-" in text and _exponent(text)):
                return None
            copy = marshal.dumps(data)
        except (TypeError, ValueError):
            return None
        if b"null" in text and _infinite(copy):
            return None
        if ensure_ascii and (not text.isascii() or b"\x7f" in text):
            return _escaped(text)
        return text

    expected = json.dumps(SAMPLE, ensure_ascii=ensure_ascii, separators=(",", ":"))
    return write if write(SAMPLE) == f"{expected}\n".encode() else None


def _escaped(text: bytes) -> bytes:
    """Escape what is not printable ASCII in JSON text, as the standard library does."""
    # As if all of it were one string, whose quotes and backslashes are put back then.
    whole: str = encode_basestring_ascii(text[:-1].decode())[1:-1]
    parts = (part.replace('\\"', '"') for part in whole.split("\\\\"))
    return ("\\".join(parts) + "\n").encode()
