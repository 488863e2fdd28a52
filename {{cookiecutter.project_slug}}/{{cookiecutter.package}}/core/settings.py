"""Where settings come from: modules, objects, mappings and files."""

import tomllib
from ast import literal_eval
from collections.abc import Mapping
from configparser import ConfigParser, ParsingError
from importlib import import_module
from os import PathLike, fspath
from typing import IO, Any

from click import ClickException
from environs import EnvError
from flask import Flask
from flask.cli import NoAppException


class SettingsError(NoAppException):
    """The application cannot start with these settings; the message says why.

    Commands print it and end, without a traceback.
    """

    exit_code = 1

    def show(self, file: IO[str] | None = None) -> None:
        """Print the message alone: how to use the command is not the question."""
        ClickException.show(self, file)


def load_settings(app: Flask, source: object) -> None:
    """Lay settings over those that the application has.

    :param source: a mapping, an object with attributes in upper case, an import string
        (a leading dot: in the application's package), the path of a ``.py``, ``.toml``
        or ``.ini`` file (relative to the package), ``SHOP_*`` for the environment's
        variables that begin so, a list of these, or None for nothing.
    :raises SettingsError: when the source is missing or cannot be read.
    """
    if isinstance(source, PathLike):
        source = fspath(source)
    try:
        if isinstance(source, Mapping):
            app.config.from_mapping(source)
        elif isinstance(source, str):
            _load_named(app, source)
        elif isinstance(source, list | tuple):
            for part in source:
                load_settings(app, part)
        elif source is not None:
            app.config.from_object(source)
    except (EnvError, OSError, ParsingError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"Settings cannot be read: {error}") from error


def _load_named(app: Flask, name: str) -> None:
    """Load settings from a file, the environment, or what an import string leads to."""
    if name.endswith(".toml"):
        app.config.from_file(name, load=tomllib.load, text=False)
    elif name.endswith(".ini"):
        app.config.from_file(name, load=read_ini)
    elif name.endswith(".py"):
        app.config.from_pyfile(name)
    elif name.endswith("_*"):
        app.config.from_prefixed_env(name.removesuffix("_*"))
    elif name.startswith("."):
        app.config.from_object(import_module(name, app.import_name))
    else:
        app.config.from_object(name)


def read_ini(file: IO[str]) -> dict[str, Any]:
    """Read the settings of all sections; a section is not needed.

    Values are Python literals, or yes, no, on, off, true, false, or else plain text.
    """
    parser = ConfigParser(interpolation=None, strict=False)
    parser.read_string("[settings]\n" + file.read())
    return {
        key.upper(): _ini_value(value)
        for section in parser.values()
        for key, value in section.items()
    }


def _ini_value(text: str) -> Any:
    try:
        return literal_eval(text)
    except (SyntaxError, ValueError):
        return ConfigParser.BOOLEAN_STATES.get(text.lower(), text)
