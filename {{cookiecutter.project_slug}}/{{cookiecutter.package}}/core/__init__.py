"""A small core over Flask, kept in the project: yours to read and to change."""

from .app import App
from .binding import ExtensionError
from .lazyviews import LazyViews
from .script import Manager
from .settings import SettingsError

__all__ = ["App", "ExtensionError", "LazyViews", "Manager", "SettingsError"]
