"""From an item of the setting BLUEPRINTS to a blueprint."""

from importlib import import_module
from typing import Any

from flask import Blueprint, Flask

from .settings import SettingsError


def load_blueprint(app: Flask, target: object) -> Blueprint:
    """Return the blueprint that an item of BLUEPRINTS means.

    :param target: a blueprint, a factory that takes the application, or the import
        string of one: ``module:name``, or ``module`` alone for its ``create_blueprint``
        or ``blueprint``. A leading dot stands for the application's package.
    :raises SettingsError: when there is no blueprint to be found.
    """
    found = _find(app, target) if isinstance(target, str) else target
    blueprint = found(app) if callable(found) else found
    if not isinstance(blueprint, Blueprint):
        raise SettingsError(f"BLUEPRINTS: {target!r} leads to no blueprint.")
    return blueprint


def _find(app: Flask, target: str) -> Any:
    """Import the module and take the name from it, or the first usual one."""
    path, _, name = target.partition(":")
    module = import_module(path, app.import_name)
    names = [name] if name else ["create_blueprint", "blueprint"]
    found = (getattr(module, name) for name in names if hasattr(module, name))
    return next(found, None)
