"""``App``: Flask with settings, blueprints, error handlers and mounting."""

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from .binding import bind
from .blueprints import load_blueprint
from .errors import error_response
from .fast import FastPath
from .probes import AnyHost
from .settings import SettingsError, load_settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from flask.sansio.blueprints import Blueprint

REFUSAL = (
    "SECRET_KEY is not set, and debug is off: set it in the environment or in .env to "
    'the output of: python -c "import secrets; print(secrets.token_hex())"'
)


class App(FastPath):
    """A Flask application that is put together from its settings."""

    def configure(self, *sources: object) -> None:
        """Load the settings, each source over the one before, and act on them.

        :raises SettingsError: when a source cannot be read, or a secret key is missing.
        """
        for source in sources:
            load_settings(self, source)
        self.name = self.config.get("APP_NAME", self.name)
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

    def init_extensions(self, *extensions: object) -> None:
        """Bind extensions, in this order.

        :param extensions: objects with ``init_app``; a module with it will do as well.
        :raises ExtensionError: names the first one that cannot be bound.
        """
        for extension in extensions:
            bind(self, extension)

    def register_blueprint(self, blueprint: "Blueprint", **options: Any) -> None:
        """Register a blueprint, and share the application's extensions with it.

        ``blueprint.extensions`` is that dict from then on; an object that several
        applications register has the last one's. Think of ``current_app`` first.
        """
        blueprint.extensions = self.extensions  # type: ignore[attr-defined]
        super().register_blueprint(blueprint, **options)

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

    def allow_any_host(self, *paths: str) -> None:
        """Answer some paths whatever host is asked for, in spite of TRUSTED_HOSTS.

        Load balancers know a machine by its address only.
        """
        if hosts := self.config["TRUSTED_HOSTS"]:
            self.wsgi_app = AnyHost(  # type: ignore[method-assign]
                self.wsgi_app, paths, hosts[0].removeprefix(".")
            )

    def mount(self, applications: Mapping[str, "WSGIApplication"]) -> None:
        """Serve other WSGI applications below URL prefixes, ``{"/backend": backend}``.

        Each keeps its own settings; everything else is still served by this one.
        """
        self.wsgi_app = DispatcherMiddleware(  # type: ignore[method-assign]
            self.wsgi_app, dict(applications)
        )

    def mount_apps(self, create_app: Callable[..., "App"], *sources: object) -> None:
        """Mount the applications that the setting APPS lists, made by the same factory.

        ``{"/backend": ".backend.settings"}`` is the prefix of each, and the settings
        that it lays over those of the project.

        :param sources: the settings that this one was given; they win over both.
        """
        apps = {
            prefix: create_app([settings, *sources, {"APPS": {}}])
            for prefix, settings in self.config.get("APPS", {}).items()
        }
        if apps:
            self.mount(apps)

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
