"""Finding extensions by words: in what they are called, replace, do, read and bring."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from .extension import Extension

_WORD = re.compile(r"[^\W_]+")
# How much it counts where a word is found: a name more than what is said about it.
_NAME, _KNOWN, _TOPIC, _TEXT, _DETAIL = 50, 30, 20, 10, 4


class Match(NamedTuple):
    """An extension that was found.

    Attributes:
        extension: It.
        score: How well it fits; a larger number is better.
        known: A name that it replaces, if that name was asked for.
        reason: Why it stands in for that name.
    """

    extension: Extension
    score: int
    known: str = ""
    reason: str = ""


def search(
    words: Sequence[str], extensions: Iterable[Extension], groups: Mapping[str, str]
) -> list[Match]:
    """Return the extensions that fit most of the words, the best first.

    Args:
        words: What is looked for; upper case and punctuation do not count.
        extensions: Where to look.
        groups: The titles of the groups.
    """
    wanted = _words(" ".join(words))
    whole = _plain(" ".join(words))
    found: dict[int, list[Match]] = {}
    for extension in extensions:
        places = list(_places(extension, groups))
        scores = [max(_score(word, places), default=0) for word in wanted]
        fitting = sum(map(bool, scores))
        found.setdefault(fitting, []).append(_match(extension, sum(scores), whole))
    found.pop(0, None)
    best = found[max(found)] if found else []
    return sorted(best, key=lambda match: (-match.score, match.extension.id))


def nearest(
    words: Sequence[str], extensions: Iterable[Extension], groups: Mapping[str, str]
) -> list[str]:
    """Return words that would find something and look like those that found nothing."""
    known = {
        word
        for extension in extensions
        for weight, text in _places(extension, groups)
        if weight > _DETAIL
        for word in _WORD.findall(text.casefold())
        if len(word) > 2
    }
    asked = _WORD.findall(" ".join(words).casefold())
    near = (get_close_matches(word, sorted(known), n=1) for word in asked)
    return list(dict.fromkeys(word for matches in near for word in matches))


def _places(extension: Extension, groups: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Yield each text of a manifest that is looked through, and what a word in it counts."""
    yield _NAME, extension.id
    yield _NAME, extension.title
    for known, reason in extension.replaces.items():
        yield _KNOWN, known
        yield _DETAIL, reason
    yield _TOPIC, f"{extension.group} {groups.get(extension.group, '')} {extension.provides}"
    yield _TEXT, extension.summary
    for requirement in (*extension.requirements, *extension.dev_requirements):
        yield _TEXT, requirement
    for setting in extension.settings:
        yield _DETAIL, f"{setting.env} {setting.help}"


def _score(word: str, places: Iterable[tuple[int, str]]) -> Iterator[int]:
    """Yield what a word counts in each place: whole, as a beginning, anywhere."""
    for weight, text in places:
        there = _words(text)
        if word in there:
            yield weight * 4
        elif any(other.startswith(word) for other in there):
            yield weight * 2
        elif len(word) > 2 and any(word in other for other in there):
            yield weight


def _match(extension: Extension, score: int, whole: str) -> Match:
    """Count it most when all that was asked for is a name: its own, or one it replaces."""
    if whole in (_plain(extension.id), _plain(extension.title)):
        return Match(extension, score + 2000)
    for known in extension.replaces:
        if whole == _plain(known):
            return Match(extension, score + 1000, known, extension.stands_in(known))
    return Match(extension, score)


def _plain(name: str) -> str:
    """Return a name without case and punctuation."""
    return " ".join(_words(name))


def _words(text: str) -> list[str]:
    """Split a text into words without case and without the ``s`` of a plural."""
    return [
        word.removesuffix("s") if len(word) > 3 else word for word in _WORD.findall(text.casefold())
    ]
