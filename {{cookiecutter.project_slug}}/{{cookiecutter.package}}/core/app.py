"""``App``: Flask with settings, blueprints, error handlers and mounting."""

from collections.abc import Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from .blueprints import load_blueprint
from .errors import error_response
from .settings import SettingsError, load_settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

REFUSAL = (
    "SECRET_KEY is not set, and debug is off: set it in the environment or in .env to "
    'the output of: python -c "import secrets; print(secrets.token_hex())"'
)


class App(Flask):
    """A Flask application that is put together from its settings."""

    def configure(self, *sources: object) -> None:
        """Load the settings, each source over the one before, and act on them.

        :raises SettingsError: when a source cannot be read, or a secret key is missing.
        """
        for source in sources:
            load_settings(self, source)
        if not (self.config["SECRET_KEY"] or self.debug or self.testing):
            raise SettingsError(REFUSAL)
        if self.config["SESSION_COOKIE_SECURE"] is None:
            self.config["SESSION_COOKIE_SECURE"] = not self.debug
        self._trust_proxies(self.config.get("TRUSTED_PROXIES", 0))

    def _trust_proxies(self, count: int) -> None:
        """Believe the client's address and scheme that this many proxies report."""
        if count > 0:
            self.wsgi_app = ProxyFix(  # type: ignore[method-assign]
                self.wsgi_app, x_for=count, x_proto=count
            )

    def register_blueprints(self) -> None:
        """Register what the setting BLUEPRINTS lists, in its order.

        :raises SettingsError: when an item leads to no blueprint.
        """
        for item in self.config.get("BLUEPRINTS", ()):
            target, options = item if isinstance(item, tuple | list) else (item, {})
            self.register_blueprint(load_blueprint(self, target), **options)

    def register_error_handlers(self) -> None:
        """Answer every HTTP error with a page, or with JSON for those who ask for it."""
        self.register_error_handler(HTTPException, error_response)

    def mount(self, applications: Mapping[str, "WSGIApplication"]) -> None:
        """Serve other WSGI applications below URL prefixes, ``{"/backend": backend}``.

        Each keeps its own settings; everything else is still served by this one.
        """
        self.wsgi_app = DispatcherMiddleware(  # type: ignore[method-assign]
            self.wsgi_app, dict(applications)
        )

    def add_to_shell(self, *modules: ModuleType) -> None:
        """Have what the modules define at hand in the shell: extensions, models."""
        for module in modules:
            names = shell_names(module)
            self.shell_context_processor(lambda names=names: names)


def shell_names(module: ModuleType) -> dict[str, Any]:
    """Return a module's public objects, and the classes that it defines itself."""
    return {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (
            value.__module__ == module.__name__
            if isinstance(value, type)
            else not isinstance(value, ModuleType) and not callable(value)
        )
    }
