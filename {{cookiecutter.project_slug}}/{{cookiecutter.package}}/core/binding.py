"""Binding extensions, and saying which one could not be bound."""

from traceback import extract_tb
from types import ModuleType
from typing import Any

from flask import Flask

from .settings import SettingsError


class ExtensionError(RuntimeError):
    """An extension cannot be bound to the application; the message names it."""


def bind(app: Flask, extension: Any) -> None:
    """Call an extension's ``init_app``, or that of a module of extensions.

    :raises ExtensionError: with what went wrong as its cause.
    :raises SettingsError: as the extension raised it: it says itself what is missing.
    """
    try:
        extension.init_app(app)
    except SettingsError:
        raise
    except Exception as error:
        name = _statement(extension, error) or type(extension).__name__
        raise ExtensionError(f"{name}: {type(error).__name__}: {error}") from error


def _statement(extension: object, error: Exception) -> str:
    """Return the statement of a module's ``init_app`` that failed, and where it is."""
    if isinstance(extension, ModuleType):
        for frame in extract_tb(error.__traceback__):
            if frame.filename == extension.__file__:
                return f"{frame.line} (line {frame.lineno} of {extension.__name__})"
    return ""
