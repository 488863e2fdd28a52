"""JSON is written as Flask writes it, byte for byte, with orjson and without it."""

import dataclasses
import enum
import sys
from collections import OrderedDict
from datetime import UTC, date, datetime
from decimal import Decimal
from math import inf, nan
from typing import Any
from uuid import UUID

import flask
import hypothesis.strategies as st
import orjson
import pytest
from core.fast import FastPath, by_orjson
from core.fast import data as core_data
from flask import Flask
from hypothesis import HealthCheck, given, settings

LAW = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


class Color(enum.Enum):
    RED = "red"


class Size(enum.IntEnum):
    LARGE = 3


class Word(str):
    def __str__(self) -> str:
        return "other"


class Shop(dict[str, Any]):
    def items(self) -> Any:
        return [("only", "this")]


@dataclasses.dataclass
class Item:
    name: str = "x"


class Page:
    def __html__(self) -> str:
        return "<p>"


ODD: list[Any] = [
    nan, inf, -inf, -0.0, 1e16, 1e-4, 9.9e-5, 1e-7, 5e-324, 2**53 + 1, 2**64, -(2**63) - 1, "\x7f", "e-", "2e-4", "0.00001", "null", "\ud800",
    "\u2028", "</script>", Color.RED, Size.LARGE, Word("w"), Shop(a=1), OrderedDict(b=1, a=2), Item(), Page(), Decimal("1.10"), UUID(int=5),
    datetime(2026, 1, 2, tzinfo=UTC), date(2026, 1, 2), b"bytes", bytearray(b"x"), {1, 2}, (1, 2), 1j, object, {"b": 1, "a": [None]}, {2: "a", 1: "b"},
    {None: 1}, {True: 1}, {"a": 1, 2: 3}, {Color.RED: 1}, {Word("w"): 1}, {"\ud800": 1}, {"é": 1, "z": 2, "😀": 3}, None, True, ...,
]  # fmt: skip
leaves = st.one_of(
    st.sampled_from(ODD),
    st.text(max_size=8),
    st.integers(),
    st.floats(),
    st.floats(-1e-3, 1e-3),
    st.booleans(),
)
plain_leaves = st.one_of(st.text("ab -e0.\\\"\n\x7f", max_size=8), st.integers(-(2**63), 2**64 - 1), st.floats(), st.none())  # fmt: skip


def nested(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return lists and objects of some values, at least one, and of lists and objects."""
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=4), inner, max_size=4)
        ),
        max_leaves=8,
    ).map(lambda value: [value])


def make(kind: type[Flask], debug: bool = False, **attributes: Any) -> Flask:
    """Make an application whose views answer with what is in its settings as DATA.

    Args:
        attributes: What is set on its JSON provider.
    """
    app = kind("of_json")
    app.debug = debug
    app.config["PROPAGATE_EXCEPTIONS"] = False  # an error is a page in debug mode, too
    app.logger.disabled = True
    for name, value in attributes.items():
        setattr(app.json, name, value)
    app.add_url_rule("/", "view", lambda: app.config["DATA"])
    app.add_url_rule("/jsonify", "jsonify", lambda: flask.jsonify(n=app.config["DATA"]))
    return app


def answer(app: Flask, data: Any, path: str = "/") -> tuple[int, bytes, list[Any]]:
    """Return status, body and headers."""
    app.config["DATA"] = data
    found = app.test_client().get(path)
    return found.status_code, found.data, list(found.headers)


SETTINGS: list[dict[str, Any]] = [
    {"sort_keys": True},
    {"ensure_ascii": False},
    {"sort_keys": False},
    {"ensure_ascii": False, "sort_keys": False, "compact": True},
    {"debug": True},
    {"debug": True, "compact": True},
    {"default": lambda value: f"some {type(value).__name__}"},
]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What orjson wrote, in the very bytes of Flask."""
    texts: list[bytes] = []
    find = by_orjson.find_writer

    def noting(*options: bool) -> Any:
        write = find(*options)
        assert write is not None

        def noted(data: Any) -> bytes | None:
            text = write(data)
            if text is not None:
                texts.append(text)
            return text

        return noted

    monkeypatch.setattr(core_data, "find_writer", noting)
    return texts


@pytest.mark.parametrize("attributes", SETTINGS, ids=", ".join)
def test_any_data_is_written_as_flask_writes_it(
    attributes: dict[str, Any], written: list[bytes]
) -> None:
    stock, fast = make(Flask, **attributes), make(FastPath, **attributes)

    @LAW
    @given(st.one_of(nested(leaves), nested(plain_leaves)), st.sampled_from(["/", "/jsonify"]))
    def is_the_same(data: Any, path: str) -> None:
        assert answer(fast, data, path) == answer(stock, data, path)

    is_the_same()
    # Data is indented in debug mode, for people to read.
    assert bool(written) == (attributes != {"debug": True})


@pytest.mark.parametrize("odd", ODD, ids=map(str, range(len(ODD))))
def test_what_orjson_writes_otherwise_is_written_as_flask_writes_it(odd: Any) -> None:
    stock, fast = make(Flask), make(FastPath)
    for data in ([odd], [odd, None], {"key": odd}, [{"key": [odd, "text", 1.5]}]):
        assert answer(fast, data) == answer(stock, data)


def test_orjson_writes_usual_data(written: list[bytes]) -> None:
    data = [{"id": 7, "name": "Ann-Marie", "price": 1.5, "note": None, "tags": ["a", ()]}]
    _, body, _ = answer(make(FastPath), data)
    assert written == [body]


def test_an_encoder_of_ones_own_is_asked_for_enumerations() -> None:
    app = make(FastPath, default=lambda value: value.name)
    assert answer(app, [Color.RED])[1] == b'["RED"]\n'


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda text: text.replace(b"e+", b"e"), id="numbers as before 3.11.7"),
        pytest.param(lambda text: text.rstrip(), id="no line's end"),
    ],
)
def test_an_orjson_that_writes_otherwise_is_left_alone(
    wrong: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert by_orjson.find_writer(True, True)
    dumps = orjson.dumps
    monkeypatch.setattr(orjson, "dumps", lambda *given: wrong(dumps(*given)))
    assert by_orjson.find_writer(True, True) is None
    assert answer(make(FastPath), [1e16]) == answer(make(Flask), [1e16])


def test_without_orjson_the_standard_library_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "orjson", None)
    data = {"id": 7, "name": "Ann"}
    assert by_orjson.find_writer(True, True) is None
    assert answer(make(FastPath), data) == answer(make(Flask), data)
