"""Questions to whoever sits at the terminal."""

from collections.abc import Iterable, Sequence
from typing import Any

import click

YES = ("y", "yes", "1", "on", "true", "t")
NO = ("n", "no", "0", "off", "false", "f")


def prompt(name: str, default: Any = None) -> Any:
    """Ask for a text until there is one.

    :param name: the question; a colon follows unless it ends in a question mark.
    :param default: what an empty answer stands for.
    """
    return _ask(name, default)


def prompt_pass(name: str, default: Any = None) -> Any:
    """Ask as :func:`prompt` does, and do not show what is typed."""
    return _ask(name, default, hide_input=True)


def prompt_bool(
    name: str,
    default: bool = False,
    yes_choices: Sequence[str] | None = None,
    no_choices: Sequence[str] | None = None,
) -> bool:
    """Ask whether, until the answer is one of those known.

    :param name: the question.
    :param default: what an empty answer stands for.
    :param yes_choices: what counts as yes, in lower case; y, yes, 1, on, true, t.
    :param no_choices: what counts as no, in lower case; n, no, 0, off, false, f.
    """
    yes, no = yes_choices or YES, no_choices or NO
    while True:
        answer = prompt(name, yes[0] if default else no[0]).lower()
        if answer in yes or answer in no:
            return answer in yes


def prompt_choices(
    name: str,
    choices: Iterable[str | tuple[str, str]],
    default: Any = None,
    no_choice: Sequence[str] = ("none",),
) -> Any:
    """Ask for one of several, until the answer is one of them; upper case does not matter.

    :param name: the question.
    :param choices: texts, or pairs of a text to type and one that explains it.
    :param default: what an empty answer stands for.
    :param no_choice: answers for which None is returned.
    """
    known, shown = {}, []
    for choice in choices:
        key, told = (choice, choice) if isinstance(choice, str) else _explained(choice)
        known[key.lower()] = key
        shown.append(told)
    question = f"{name} - ({', '.join(shown)})"
    while True:
        answer = prompt(question, default)
        typed = str(answer).lower()
        if typed in no_choice:
            return None
        if typed in known or answer == default:
            return known.get(typed, answer)


def _explained(choice: tuple[str, str]) -> tuple[str, str]:
    key, explanation = choice
    return key, f"{explanation} [{key}]"


def _ask(name: str, default: Any, hide_input: bool = False) -> Any:
    """Ask once more as long as nothing is typed and there is no default."""
    return click.prompt(
        name,
        default=default,
        hide_input=hide_input,
        value_proc=lambda value: value,
        prompt_suffix=" " if name.endswith("?") else ": ",
        show_default=bool(default),
    )
