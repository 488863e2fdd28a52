"""The application factory, and the application that servers import."""

from . import extensions, models, utils, views
from .core import App
# slot: app-imports


def create_app(settings: object | str | None = None, **overrides: object) -> App:
    """Make an application.

    :param settings: what to lay over ``settings.py``: an object, a mapping, an import
        string, the path of a ``.py``, ``.toml`` or ``.ini`` file, or a list of these.
    :param overrides: single settings, which win over all others.
    :raises SettingsError: when the application cannot start with these settings.
    """
    app = App(__package__)
    app.configure(".settings", settings, overrides)

    # Context processors, template filters, request handlers
    app.url_defaults(utils.add_fingerprint)
    # slot: app-setup

    # Extensions
    app.init_extensions(extensions)

    # Views, blueprints, error handlers
    app.add_url_rule("/healthz", view_func=views.healthz)
    app.add_url_rule("/readyz", view_func=views.readyz)
    app.allow_any_host("/healthz", "/readyz")
    app.register_blueprints()
    app.register_error_handlers()

    # What needs the initialised application
    app.add_to_shell(extensions, models)
    # slot: app-ready

    return app


def __getattr__(name: str) -> App:
    """Make ``app`` when a server first asks for it; importing alone makes none."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    app = globals()["app"] = create_app()
    return app
