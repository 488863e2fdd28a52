"""Names that people give, and what becomes of them: slug, package, blueprint."""

import re
import sys
from collections.abc import Iterable
from functools import cache
from keyword import iskeyword
from os.path import join

from .errors import AnswersError
from .locations import PACKAGE, read

LONGEST = 60  # characters: leaves room for the paths beneath on Windows
LONGEST_BLUEPRINT = 30  # characters: lines of code with the name in them stay within 88
WINDOWS_RESERVED = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)]
)
# What stands at the project's root, where a package of that name would collide.
ROOT_NAMES = frozenset(["manage", "migrations", "instance", "tests", "gunicorn"])
_SLUG = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_UNPRINTABLE_IN_TEMPLATES = frozenset('"\\{}<>`$')


def slug(name: str) -> str:
    """Turn any words into a folder name: ``My Shop`` to ``my-shop``.

    Letters outside ASCII are transliterated with python-slugify, which cookiecutter uses, too.
    """
    if name.isascii():
        return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    from slugify import slugify

    return str(slugify(name))


def identifier(slug: str) -> str:
    """Turn a slug into a Python package name: ``my-shop`` to ``my_shop``."""
    return slug.replace("-", "_")


def is_latin(name: str) -> bool:
    """Tell whether every letter is a Latin one, perhaps with an accent."""
    if name.isascii():
        return True
    import unicodedata

    return all(unicodedata.name(c, "").startswith("LATIN") for c in name if c.isalpha())


@cache
def dependency_modules() -> frozenset[str]:
    """Return the top-level module names that the tested set installs."""
    lines = (line.partition(" ")[0] for line in read(join(PACKAGE, "modules.txt")).splitlines())
    return frozenset(line for line in lines if not line.startswith("#"))


def check_text(what: str, text: str, longest: int = 2 * LONGEST) -> None:
    """Refuse words that could not stand in Python, TOML, JSON and HTML alike.

    Args:
        what: What the words are for, as the message calls it.
        text: The words.
        longest: How many characters there may be.

    Raises:
        AnswersError: The words are empty, too long, or hold a character that one of those forms gives a meaning.
    """
    if not text.strip():
        raise AnswersError(f"The {what} is empty.", "Give it a name of a few words.")
    if len(text) > longest:
        raise AnswersError(f"The {what} has {len(text)} characters.", f"Use at most {longest}.")
    bad = sorted({c for c in text if c in _UNPRINTABLE_IN_TEMPLATES or not c.isprintable()})
    if bad:
        raise AnswersError(
            f"The {what} {text!r} holds {', '.join(map(repr, bad))}.",
            "Use letters, digits, spaces and plain punctuation.",
        )


def check_project_name(name: str) -> None:
    """Refuse a project name that is no text, or that is a path.

    Raises:
        AnswersError: As above; the hint names ``-o`` for paths.
    """
    if "/" in name or "\\" in name or name.strip() in (".", ".."):
        raise AnswersError(
            f"{name!r} is a path, not a name.",
            "Give the name alone, and the folder to put it in with -o DIR.",
        )
    check_text("project name", name)


def check_slug(value: str) -> None:
    """Refuse a folder name that is no safe path part on every system.

    Raises:
        AnswersError: With a name to use instead where one can be proposed.
    """
    if len(value) > LONGEST:
        raise AnswersError(
            f"The folder name has {len(value)} characters.", f"Use at most {LONGEST}."
        )
    if not _SLUG.fullmatch(value):
        proposed = slug(value).lstrip("0123456789-")
        raise AnswersError(
            f"{value!r} can't be a folder name: lower-case letters, digits and hyphens, a letter first.",
            f"Try --set project_slug={proposed or 'my-app'}",
        )
    _refuse_reserved("folder", value)


def check_package(value: str) -> None:
    """Refuse a package name that Python could not import, or that would hide another module.

    Raises:
        AnswersError: Says which module it would hide.
    """
    hint = f"Choose another, for example --set package={value}_app"
    if not _IDENTIFIER.fullmatch(value) or len(value) > LONGEST:
        raise AnswersError(
            f"{value!r} can't be a Python package name.",
            "Use lower-case letters, digits and underscores, a letter first: --set package=NAME",
        )
    _refuse_module("package", value, hint)
    if value in ROOT_NAMES:
        raise AnswersError(f"{value!r} has a meaning of its own in every project.", hint)
    _refuse_reserved("package", value)


def check_blueprints(names: Iterable[str], taken: Iterable[str] = ()) -> None:
    """Refuse blueprint names that are no package names, stand twice, or are taken.

    Args:
        names: The blueprints' names.
        taken: Names of modules and folders in the package.

    Raises:
        AnswersError: Names the first one that can't be taken.
    """
    _check_folders("blueprint", names, taken)


def check_apps(names: Iterable[str], taken: Iterable[str] = ()) -> None:
    """Refuse names of applications for the same reasons.

    Raises:
        AnswersError: Names the first one that can't be taken.
    """
    _check_folders("app", names, taken)


def _check_folders(what: str, names: Iterable[str], taken: Iterable[str]) -> None:
    seen = set(taken)
    for name in names:
        if not _IDENTIFIER.fullmatch(name) or len(name) > LONGEST_BLUEPRINT:
            raise AnswersError(
                f"{name!r} can't be the {what}'s name.",
                f"Use at most {LONGEST_BLUEPRINT} lower-case letters, digits and underscores, "
                "a letter first.",
            )
        # `unittest discover -s package/` puts the package's folder first on sys.path.
        _refuse_module(what, name, f"Choose another, for example {name}_pages")
        _refuse_reserved(what, name)
        if name in seen:
            raise AnswersError(
                f"The {what} name {name!r} is taken.", f"Choose another: --{what} NAME"
            )
        seen.add(name)


def _refuse_module(what: str, value: str, hint: str) -> None:
    if iskeyword(value):
        raise AnswersError(f"{value!r} is a Python keyword and can't name a {what}.", hint)
    if value in sys.stdlib_module_names:
        raise AnswersError(
            f"A {what} named {value!r} would hide Python's own module {value!r}.", hint
        )
    if value in dependency_modules():
        raise AnswersError(
            f"A {what} named {value!r} would hide the installed package {value!r}.", hint
        )


def _refuse_reserved(what: str, value: str) -> None:
    if value in WINDOWS_RESERVED:
        raise AnswersError(
            f"{value!r} is reserved on Windows and can't name a {what}.", "Choose another name."
        )
