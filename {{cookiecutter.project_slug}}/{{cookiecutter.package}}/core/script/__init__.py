"""Commands with the interface of Flask-Script, over click and ``flask.cli``."""

from .clean import Clean
from .commands import Command, InvalidCommand
from .manager import Manager
from .options import Group, Option
from .prompts import prompt, prompt_bool, prompt_choices, prompt_pass
from .server import Server
from .shell import Shell
from .urls import ShowUrls

__all__ = [
    "Clean",
    "Command",
    "Group",
    "InvalidCommand",
    "Manager",
    "Option",
    "Server",
    "Shell",
    "ShowUrls",
    "prompt",
    "prompt_bool",
    "prompt_choices",
    "prompt_pass",
]
