"""Merging by key, as laws: what comes out says, key by key, what a choice between the sides says."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from scaffold_cli import keyed
from scaffold_cli.catalog import Catalog
from scaffold_cli.errors import CatalogError
from scaffold_cli.keyed import merge
from scaffold_cli.render import render
from scaffold_cli.testing.selections import Selection
from scaffold_cli.tree import Tree

Document = dict[str, Any]
Place = tuple[str, ...]
Comments = dict[Place, str]

KEYS = ["a", "b", "c", "d", "e"]
WORDS = ["one", "two", "three", "four", "five", "six", "seven"]
GONE = None  # no document holds it


# --- documents, and what happens to them ----------------------------------------------


def values(depth: int) -> st.SearchStrategy[Any]:
    """Draw words, numbers, lists of words and, above a depth, mappings; nothing is empty."""
    flat = st.sampled_from(WORDS) | st.integers(0, 3) | lists()
    return flat | documents(depth - 1) if depth else flat


def lists() -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=5, unique=True)


def documents(depth: int) -> st.SearchStrategy[Document]:
    return st.dictionaries(st.sampled_from(KEYS), values(depth), min_size=1, max_size=4)


def edited(document: Document, draw: st.DrawFn, depth: int) -> Document:
    """Change some values of a document, take some away, put others in; what gets empty goes."""
    items: list[tuple[str, Any]] = []
    for key, value in document.items():
        what = draw(st.sampled_from(["keep", "keep", "keep", "inside", "inside", "take", "change"]))
        if what == "inside" and isinstance(value, dict):
            items.append((key, edited(value, draw, depth - 1)))
        elif what == "inside" and isinstance(value, list):
            items.append((key, edited_list(value, draw)))
        elif what == "change":
            items.append((key, draw(values(depth))))
        elif what != "take":
            items.append((key, value))
    new = draw(st.sampled_from(KEYS))
    if new not in document and draw(st.booleans()):
        items.insert(draw(st.integers(0, len(items))), (new, draw(values(depth))))
    return {key: value for key, value in items if value not in ([], {})}


def edited_list(words: list[str], draw: st.DrawFn) -> list[str]:
    left = [word for word in words if draw(st.integers(0, 3))]
    for word in draw(st.lists(st.sampled_from(WORDS), max_size=2, unique=True)):
        if word not in words:
            left.insert(draw(st.integers(0, len(left))), word)
    return left


# --- the oracle -------------------------------------------------------------------------


class Contradiction(Exception):  # noqa: N818
    """Both sides have changed one thing, each in its way."""


class Oracle:
    """Chooses between values, and knows nothing of text.

    Attributes:
        is_sure: Whether no list was met that somebody has put in order, or where both sides may have replaced the
            same item: that depends on places.
    """

    def __init__(self) -> None:
        self.is_sure = True

    def choose(self, base: Any, ours: Any, theirs: Any, depth: int = 0) -> Any:
        """Return what a value becomes.

        Raises:
            Contradiction: Nobody can tell.
        """
        if theirs in (base, ours):
            return ours
        if ours == base:
            return theirs
        if ours is GONE and not adds(base, theirs):
            return GONE
        gone = theirs is GONE and type(base) is type(ours)
        if isinstance(ours, list) and (gone or isinstance(theirs, list)):
            return self.items(base, ours, theirs or []) or GONE
        if isinstance(ours, dict) and ((gone and depth == 1) or isinstance(theirs, dict)):
            return self.entries(base, ours, theirs, depth)
        raise Contradiction

    def entries(self, base: Any, ours: Document, theirs: Document | None, depth: int) -> Any:
        old, new = base if isinstance(base, dict) else {}, theirs or {}
        keys = [*new, *(key for key in ours if key not in new)]
        sides = (old, ours, new)
        chosen = {
            key: self.choose(*(side.get(key, GONE) for side in sides), depth + 1) for key in keys
        }
        return {key: value for key, value in chosen.items() if value is not GONE} or GONE

    def items(self, base: Any, ours: list[str], theirs: list[str]) -> list[str]:
        old, own, new = set(base if isinstance(base, list) else []), set(ours), set(theirs)
        is_replaced = own - old and (old - own) & (old - new)
        if is_replaced or moved(base, ours) or moved(base, theirs):
            self.is_sure = False
        return sorted((own & new) | (own - old) | (new - old))


def moved(base: Any, side: list[str]) -> bool:
    """Tell whether words stand in another order than they did."""
    old = base if isinstance(base, list) else []
    return [word for word in side if word in old] != [word for word in old if word in side]


def adds(base: Any, theirs: Any) -> bool:
    """Tell whether theirs has what an owner who deleted it could not know."""
    if isinstance(theirs, dict) and isinstance(base, dict):
        return any(key not in base or adds(base[key], value) for key, value in theirs.items())
    if isinstance(theirs, list) and isinstance(base, list):
        return not set(theirs) <= set(base)
    return isinstance(theirs, dict | list)


# --- files --------------------------------------------------------------------------------


class Style(NamedTuple):
    """How somebody writes."""

    step: int = 2
    in_lines: bool = True


PLAIN = Style()
STYLES = st.builds(Style, st.sampled_from([1, 2, 4]), st.booleans())


def as_yaml(document: Document, comments: Comments, style: Style, path: Place = ()) -> str:
    """Write a document as YAML; its key says whether a list is between brackets."""
    text = ""
    for key, value in document.items():
        margin = " " * style.step * len(path)
        text += commented(comments, (*path, key), margin) + f"{margin}{key}:"
        if isinstance(value, dict):
            text += "\n" + as_yaml(value, comments, style, (*path, key))
        elif isinstance(value, list) and key in "abc":
            text += "".join(f"\n{margin}{' ' * style.step}- {word}" for word in value) + "\n"
        else:
            text += f" [{', '.join(value)}]\n" if isinstance(value, list) else f" {value}\n"
    return text


def as_toml(document: Document, comments: Comments, style: Style, path: Place = ()) -> str:
    """Write a document as TOML; each mapping is a table."""
    tables = {key: value for key, value in document.items() if isinstance(value, dict)}
    text = ""
    for key, value in document.items():
        if key not in tables:
            text += commented(comments, (*path, key)) + f"{key} = {toml_value(value, style)}\n"
    for key, value in tables.items():
        text += "\n" + commented(comments, (*path, key)) + f"[{'.'.join((*path, key))}]\n"
        text += as_toml(value, comments, style, (*path, key))
    return text


def toml_value(value: Any, style: Style) -> str:
    if not (isinstance(value, list) and style.in_lines):
        return json.dumps(value)
    return "[" + "".join(f"\n{' ' * style.step}{json.dumps(word)}," for word in value) + "\n]"


def as_json(document: Document, comments: Comments, style: Style) -> str:
    return json.dumps(document, indent=style.step if style.in_lines else None) + "\n"


def as_pins(document: Document, comments: Comments, style: Style) -> str:
    """Write a document of one level as requirements."""
    return "".join(
        commented(comments, (key,)) + f"{key}=={value} \\\n    --hash=sha256:{key}{value}\n"
        for key, value in document.items()
    )


def commented(comments: Comments, path: Place, margin: str = "") -> str:
    return f"{margin}# {comments[path]}\n" if path in comments else ""


def from_pins(text: str) -> Document:
    pins = re.findall(r"^(\w)==(\d) \\\n    --hash=sha256:\1\2$", text, re.MULTILINE)
    return {name: int(version) for name, version in pins}


class Kind(NamedTuple):
    """A kind of file: how documents become one, and how one is read by somebody else's reader."""

    path: str
    write: Callable[[Document, Comments, Style], str]
    read: Callable[[str], Any]
    depth: int = 2


KINDS = [
    Kind("app.json", as_json, json.loads),
    Kind("pyproject.toml", as_toml, tomllib.loads),
    Kind("compose.yaml", as_yaml, yaml.safe_load),
    Kind("requirements.txt", as_pins, from_pins, depth=0),
]


class Case(NamedTuple):
    """Three versions of a file, and what each says."""

    kind: Kind
    documents: tuple[Document, Document, Document]
    texts: tuple[str, str, str]

    def merged(self, like: Callable[[str], bytes] = str.encode) -> bytes | None:
        base, ours, theirs = self.texts
        try:
            return merge(self.kind.path, base.encode(), like(ours), theirs.encode())
        except keyed.Contradiction:
            return None


@st.composite
def cases(draw: st.DrawFn, *, notes: bool = False, style: Style | None = None) -> Case:
    """Draw three versions; the owner may have made notes, and may write in another style."""
    kind = draw(st.sampled_from(KINDS))
    pins = st.dictionaries(st.sampled_from(KEYS), st.integers(0, 3), min_size=1)
    base = draw(documents(kind.depth) if kind.depth else pins)
    ours, theirs = (edited(base, draw, kind.depth) for _ in range(2))
    if not kind.depth:
        ours, theirs = (only_numbers(side) for side in (ours, theirs))
    assume(ours and theirs)
    assume(kind.path != "pyproject.toml" or have_one_form(base, ours, theirs))
    known = {path: "about " + path[-1] for path in paths(base) if path[-1] in "ace"}
    mine = {path: f"mine {'.'.join(path)}" for path in paths(ours) if notes and draw(st.booleans())}
    texts = (
        kind.write(base, known, PLAIN),
        kind.write(ours, known | mine, style or draw(STYLES)),
        kind.write(theirs, known, PLAIN),
    )
    return Case(kind, (base, ours, theirs), texts)


def only_numbers(document: Document) -> Document:
    return {key: value for key, value in document.items() if isinstance(value, int)}


def paths(document: Document, above: Place = ()) -> Iterator[Place]:
    for key, value in document.items():
        yield (*above, key)
        if isinstance(value, dict):
            yield from paths(value, (*above, key))


def have_one_form(*sides: Document) -> bool:
    """Tell whether nothing is a value here and a mapping there: that is left to the merge by lines in TOML."""
    forms = {(path, isinstance(at(side, path), dict)) for side in sides for path in paths(side)}
    return len(forms) == len({path for path, _ in forms})


def told(document: Any, kind: Kind) -> Any:
    """Return a document as the oracle takes it: for TOML, a table is an entry of the file wherever it is."""
    if kind.path != "pyproject.toml":
        return document
    tables = {
        ".".join(path): {k: v for k, v in at(document, path).items() if not isinstance(v, dict)}
        for path in paths(document)
        if isinstance(at(document, path), dict)
    }
    statements = {key: value for key, value in document.items() if not isinstance(value, dict)}
    return statements | {f"[{name}]": table for name, table in tables.items()}


def at(document: Any, path: Place) -> Any:
    for key in path:
        document = document[key]
    return document


def bare(document: Any) -> Any:
    """Return a document without what is empty, and without the order of lists."""
    if isinstance(document, dict):
        entries = {key: bare(value) for key, value in document.items()}
        return {key: value for key, value in entries.items() if value not in ({}, [])}
    return sorted(document) if isinstance(document, list) else document


# --- the laws -------------------------------------------------------------------------------


@given(cases())
def test_each_value_is_what_a_choice_between_the_sides_says(case: Case) -> None:
    content = case.merged()
    oracle = Oracle()
    try:
        expected = oracle.choose(*(told(document, case.kind) for document in case.documents))
    except Contradiction:
        assert content is None
        return
    if content is None:
        assert expected is GONE or not oracle.is_sure
        return
    found = told(case.kind.read(content.decode()), case.kind)
    assert bare(found) == bare(expected or {})


@given(cases(notes=True))
def test_every_comment_of_the_owners_is_in_the_result(case: Case) -> None:
    content = case.merged()
    assume(content is not None)

    assert notes(case.texts[1]) <= notes((content or b"").decode())


def notes(text: str) -> set[str]:
    return set(re.findall("# mine .*", text))


@given(cases(notes=True, style=PLAIN))
def test_every_line_of_the_owners_is_in_the_result(case: Case) -> None:
    content = case.merged()
    assume(content is not None)
    base, ours, _ = case.texts

    assert lines(ours) - lines(base) <= lines((content or b"").decode())


def lines(text: str) -> set[str]:
    """Return what stands in which line, if that is one thing; a comma comes and goes."""
    return {line.rstrip(",") for line in text.splitlines() if ": [" not in line}


@given(cases())
def test_keys_stand_in_the_order_of_the_new_file(case: Case) -> None:
    content = case.merged()
    assume(content is not None)
    found = list(told(case.kind.read((content or b"").decode()), case.kind))
    new = list(told(case.documents[2], case.kind))

    assert [key for key in found if key in new] == [key for key in new if key in found]


FORMS: dict[str, Callable[[str], bytes]] = {
    "Windows' line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "no end of the last line": lambda text: text.removesuffix("\n").encode(),
    "a byte order mark": lambda text: text.encode("utf-8-sig"),
}


@given(cases(notes=True), st.sampled_from(sorted(FORMS)))
def test_what_is_unusual_about_the_owners_file_changes_nothing_else(case: Case, form: str) -> None:
    content = case.merged()
    assume(content is not None and case.texts[0] != case.texts[2] != case.texts[1])

    assert case.merged(FORMS[form]) == FORMS[form]((content or b"").decode())


@given(cases(notes=True))
@settings(max_examples=30)
def test_a_side_that_changed_nothing_has_nothing_to_say(case: Case) -> None:
    base, ours, theirs = (text.encode() for text in case.texts)

    assert merge(case.kind.path, base, base, theirs) == theirs
    assert merge(case.kind.path, base, ours, base) == ours


# --- real projects ----------------------------------------------------------------------------

ROWS = (Path(__file__).parent / "combinations/pairs.txt").read_text("utf-8").splitlines()
CATALOG = Catalog()


@st.composite
def changes(draw: st.DrawFn) -> tuple[Tree, Tree]:
    """Draw a project as it is, and as it would be with an extension more, or with one less."""
    row = draw(st.sampled_from(ROWS))
    more = draw(st.sampled_from(sorted(extension.id for extension in CATALOG)))
    try:
        one, other = (
            render(Selection.of(words).answers(), CATALOG) for words in (row, f"{row} {more}")
        )
    except CatalogError:
        reject()
    return (one, other) if draw(st.booleans()) else (other, one)


def with_a_pin(text: str) -> str:
    """Put a package where its name belongs."""
    own = "# We pay.\nstripe==12.0.0 \\\n    --hash=sha256:5\n    # via my-shop\n"
    later = re.search(r"^(st[s-z]|[t-z])[\w-]*==|\Z", text, re.MULTILINE)
    assert later
    return text[: later.start()] + own + text[later.start() :]


def with_a_dependency(text: str) -> str:
    """Add an item, a key and a table, each with a comment."""
    text = text.replace('    "environs",\n', '    "environs",\n    "stripe",  # We pay.\n')
    text = text.replace("strict = true\n", "strict = true\npretty = true  # It helps.\n")
    return f"{text}\n# Ours.\n[tool.own]\nkey = 1\n"


def with_a_service(text: str) -> str:
    own = "  # Catches mail.\n  mailbox:\n    image: mailpit\n    ports: [8025]\n\n"
    text = text.replace('    PORT: "8000"\n', '    PORT: "8000"\n    MINE: yes  # ours\n')
    return text.replace("\nservices:\n", f"\nservices:\n{own}")


def with_an_addon(text: str) -> str:
    """Add a key and an item, and write it all with an indentation of one's own."""
    data = json.loads(text)
    data["env"]["STRIPE_KEY"] = {"description": "We pay."}
    data.setdefault("addons", []).append("papertrail")
    return json.dumps(data, indent="\t") + "\n"


def blocks(text: str) -> list[str]:
    return re.findall(r"^[\w-].*\n(?:[ \t].*\n)*", text, re.MULTILINE)


REAL: dict[str, tuple[Callable[[str], str], Callable[[str], Any]]] = {
    "requirements.txt": (with_a_pin, blocks),
    "requirements-dev.txt": (with_a_pin, blocks),
    "pyproject.toml": (with_a_dependency, tomllib.loads),
    "compose.yaml": (with_a_service, yaml.safe_load),
    "app.json": (with_an_addon, json.loads),
}
"""What an owner does to a generated file, and how it is read."""


@given(changes())
@settings(max_examples=25)
def test_an_owners_edits_and_an_extensions_lines_stand_side_by_side(
    pair: tuple[Tree, Tree],
) -> None:
    base, theirs = pair
    for path in REAL.keys() & base.keys() & theirs.keys():
        edit, read = REAL[path]
        old, new = base[path].content.decode(), theirs[path].content.decode()

        content = merge(path, old.encode(), edit(old).encode(), new.encode())

        assert content is not None, path
        assert unordered(read(content.decode())) == unordered(read(edit(new))), path
        assert comments(edit(old)) - comments(old) <= comments(content.decode()), path


def unordered(data: Any) -> Any:
    """Return data whose lists, of mappings too, are in one order."""
    if isinstance(data, dict):
        return {key: unordered(value) for key, value in data.items()}
    return sorted(map(unordered, data), key=repr) if isinstance(data, list) else data


def comments(text: str) -> set[str]:
    return set(re.findall(r"(?:^|\s)(#.*)", text))
