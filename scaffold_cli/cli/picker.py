"""A list to tick things in, under headings, that typing narrows down.

questionary can filter a list or give it headings, but not both: its pointer then stands on headings, and
what it skips is counted in the whole list. So its control is given better manners here.
"""

from collections.abc import Callable, Sequence

import questionary
from prompt_toolkit.keys import Keys
from questionary import Choice, Separator, Style
from questionary.prompts.common import InquirerControl


class Entry(Choice):
    """Something to tick.

    Args:
        value: What ticking it answers.
        title: How it is shown.
        text: What typing is looked for in.
        checked: Whether it is ticked from the start.
    """

    def __init__(self, value: str, title: str, text: str, *, checked: bool) -> None:
        super().__init__(title, value, checked=checked)
        self.text = text.casefold()


def pick(
    prompt: str,
    choices: Sequence[Entry | Separator],
    check: Callable[[list[str]], bool | str],
    style: Style,
) -> questionary.Question:
    """Return a question for some of the entries.

    Args:
        prompt: The question.
        choices: Entries, and headings above them.
        check: Tells what is wrong with a choice, or returns True.
        style: The colours.
    """
    question = questionary.checkbox(
        prompt,
        choices,
        instruction="(space chooses, typing filters, Enter goes on)",
        style=style,
        validate=check,
        use_search_filter=True,
        use_jk_keys=False,
    )
    for control in question.application.layout.find_all_controls():
        if isinstance(control, InquirerControl):
            control.__class__ = _Control
    return question


class _Control(InquirerControl):
    """The list itself."""

    @property
    def filtered_choices(self) -> list[Choice]:
        """What is shown: everything, or the entries that what was typed fits, those of that name first."""
        typed = (self.search_filter or "").casefold()
        found: list[Choice] = [
            choice for choice in self.choices if isinstance(choice, Entry) and typed in choice.text
        ]
        found.sort(key=lambda choice: not str(choice.value).startswith(typed))
        self.found_in_search = bool(found)
        return found if typed and found else self.choices

    def is_selection_valid(self) -> bool:
        """Tell whether the pointer stands on an entry."""
        return isinstance(self.get_pointed_at(), Entry)

    def add_search_character(self, char: Keys) -> None:
        """Take a typed character, and point at the first entry that is left."""
        super().add_search_character(char)
        while not self.is_selection_valid():
            self.select_next()
