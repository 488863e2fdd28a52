"""``LazyViews``: views named by their import paths, and imported when they are used."""

import sys
from collections.abc import Callable, Mapping
from functools import cached_property
from importlib import import_module
from inspect import iscoroutinefunction
from pathlib import PurePath
from typing import Any

from flask import Blueprint, Flask, current_app, render_template
from flask.sansio.app import App
from flask.views import View

Context = Mapping[str, Any] | Callable[[], Mapping[str, Any]]


class LazyViewError(ImportError):
    """The path of a view leads nowhere; the message says which path, and why."""


class LazyView:
    """Stands for the view that an import path leads to.

    :param import_name: ``package.module.name`` of a function or of a class.
    :param args: what a class is made with; ``kwargs`` likewise.
    """

    def __init__(self, import_name: str, *args: Any, **kwargs: Any) -> None:
        self.import_name = import_name
        self.args, self.kwargs = args, kwargs
        # Flask names the endpoint after it, and extensions know views by both.
        self.__module__, _, self.__name__ = import_name.rpartition(".")

    @cached_property
    def view(self) -> Callable[..., Any]:
        """The view itself, which is imported now if it was not yet.

        :raises LazyViewError: when the path leads to nothing that can be called.
        """
        try:
            found = getattr(import_module(self.__module__), self.__name__)
        except (AttributeError, ImportError, ValueError) as error:
            raise LazyViewError(f"Lazy view {self.import_name!r}: {error}") from error
        if isinstance(found, type) and issubclass(found, View):
            return found.as_view(self.__name__, *self.args, **self.kwargs)
        if not callable(found):
            raise LazyViewError(f"Lazy view {self.import_name!r}: it is not callable")
        return found  # type: ignore[no-any-return]

    def check(self) -> None:
        """Import the view, unless its module is just being imported.

        :raises LazyViewError: when the path leads to nothing that can be called.
        """
        try:
            _ = self.view
        except LazyViewError as error:
            if "partially initialized module" not in str(error):
                raise

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the view; Flask runs a coroutine function to its end."""
        view = self.view
        if iscoroutinefunction(view):
            view = current_app.ensure_sync(view)
        return view(*args, **kwargs)

    def __getattribute__(self, name: str) -> Any:
        """Have the view's own documentation, where it can be imported."""
        if name == "__doc__":
            try:
                return self.view.__doc__
            except LazyViewError:
                return None
        return super().__getattribute__(name)

    def __eq__(self, other: object) -> bool:
        """Tell whether both lead to the same view, made with the same arguments."""
        return isinstance(other, LazyView) and (
            (self.import_name, self.args, self.kwargs)
            == (other.import_name, other.args, other.kwargs)
        )

    def __hash__(self) -> int:
        return hash(self.import_name)

    def __repr__(self) -> str:
        return f"<LazyView {self.import_name!r}>"


class LazyViews:
    """Adds views to an application or a blueprint without importing them.

    They are given as text, ``views.add("/", "index")``, and imported when the first
    request asks for them. In debug mode that is tried at once, so that a wrong path
    stops the start. Anything callable will do in the place of a path.

    :param instance: the application or the blueprint; or give it to ``init_app``.
    :param import_prefix: what stands before each path; a leading dot stands for the
        package of the instance. Without one, a path without dots is a name in ``views``
        of that package.
    """

    def __init__(
        self,
        instance: Flask | Blueprint | None = None,
        import_prefix: str | None = None,
    ) -> None:
        self.import_prefix = self._given_prefix = import_prefix
        self.instance: Flask | Blueprint | None = None
        if instance is not None:
            self.init_app(instance)

    def init_app(
        self, app: Flask | Blueprint, import_prefix: str | None = None
    ) -> None:
        """Add what follows to this application or blueprint.

        :param import_prefix: takes the place of the one given before.
        :raises ValueError: when the prefix is relative, and the instance in no package.
        """
        prefix = import_prefix or self._given_prefix
        if prefix and prefix.startswith("."):
            prefix = _package(app) + prefix
        self.import_prefix, self.instance = prefix, app

    init_blueprint = init_app

    def add(self, url_rule: str, mixed: Any, **options: Any) -> None:
        """Add a rule for a view; the options are those of ``add_url_rule``.

        The methods of a class are not known before it is imported: name them.
        """
        self._bound().add_url_rule(url_rule, view_func=self._checked(mixed), **options)

    def add_admin(self, mixed: Any, *args: Any, **kwargs: Any) -> None:
        """Add a view to the admin extension; it is imported at once.

        :param mixed: a view, its class, or the path of one.
        :param args: what a class is made with; ``kwargs`` likewise.
        :raises ValueError: on a blueprint, or without the extension.
        """
        app = self._bound()
        if not isinstance(app, Flask):
            raise ValueError("A blueprint takes no admin views: add them to the app.")
        admin = app.extensions.get("admin")
        if not admin:
            raise ValueError(f"{app!r} has no admin: call its init_app before.")
        view = self.get_view(mixed)
        if isinstance(view, LazyView | type):
            view = view(*args, **kwargs)
        (admin[0] if isinstance(admin, list) else admin).add_view(view)

    def add_error(
        self, code_or_exception: int | type[Exception], mixed: Any, app: bool = False
    ) -> None:
        """Add an error handler.

        :param app: whether a blueprint's handler is for the whole application.
        """
        instance, view = self._bound(), self._checked(mixed)
        if app and isinstance(instance, Blueprint):
            instance.app_errorhandler(code_or_exception)(view)
        else:
            instance.register_error_handler(code_or_exception, view)

    def add_static(
        self, url_rule: str, filename: str | None = None, **options: Any
    ) -> None:
        """Add a rule for the files of the static folder, or for one of them.

        :param filename: the file; without it, the rule has a part ``<filename>``.
        """
        if filename:
            defaults = options.get("defaults") or {}
            options["defaults"] = {**defaults, "filename": filename}
        self.add(url_rule, self._bound().send_static_file, **options)

    def add_template(
        self,
        url_rule: str,
        template_name: str,
        *,
        context: Context | None = None,
        **options: Any,
    ) -> None:
        """Add a rule for a template; the endpoint is the file's name without suffix.

        :param context: for the template, or what returns it for each request. What the
            rule takes from the URL is added to it.
        """

        def view(**values: Any) -> str:
            given = context() if callable(context) else context or {}
            return render_template(template_name, **{**given, **values})

        view.__name__ = PurePath(template_name).stem
        self.add(url_rule, view, **options)

    def build_import_name(self, import_name: str) -> str:
        """Return the whole path of a view."""
        if self.import_prefix:
            return f"{self.import_prefix}.{import_name}"
        if "." in import_name or self.instance is None:
            return import_name
        return f"{_package(self.instance)}.views.{import_name}"

    def get_view(self, mixed: Any) -> Any:
        """Return a path as a lazy view, and anything else as it is."""
        if not isinstance(mixed, str):
            return mixed
        return LazyView(self.build_import_name(mixed))

    def _bound(self) -> Flask | Blueprint:
        if self.instance is None:
            raise RuntimeError("LazyViews has no application yet: call init_app first.")
        return self.instance

    def _checked(self, mixed: Any) -> Any:
        """Return the view; in debug mode, have it imported when the app is set up."""
        view, instance = self.get_view(mixed), self._bound()
        if isinstance(view, LazyView):
            if isinstance(instance, Blueprint):
                instance.record(lambda state: _check_in_debug(state.app, view))
            else:
                _check_in_debug(instance, view)
        return view


def _check_in_debug(app: App, view: LazyView) -> None:
    if app.debug:
        view.check()


def _package(instance: Flask | Blueprint) -> str:
    """Return the package that an application or a blueprint was made in."""
    name = instance.import_name
    if name == "__main__":
        raise ValueError(f"{instance!r} was made in no package: name one as prefix.")
    if name in sys.modules and not hasattr(sys.modules[name], "__path__"):
        return name.rpartition(".")[0] or name  # it was given a module's __name__
    return name
