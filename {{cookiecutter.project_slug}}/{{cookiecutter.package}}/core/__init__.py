"""A small core over Flask, kept in the project: yours to read and to change."""

from .app import App
from .script import Manager
from .settings import SettingsError

__all__ = ["App", "Manager", "SettingsError"]
