"""Templates that are found without a lock, and do not copy global names one by one."""

from collections import ChainMap
from typing import TYPE_CHECKING, Any

import jinja2
from flask.templating import Environment as StockEnvironment
from jinja2 import runtime
from jinja2.utils import LRUCache

from .stock import is_there

if TYPE_CHECKING:
    from flask.sansio.app import App

PLACE = "jinja2.utils:LRUCache.__init__"


class Template(jinja2.Template):
    """A template whose global names are merged by dictionaries themselves."""

    def new_context(
        self,
        vars: dict[str, Any] | None = None,
        shared: bool = False,
        locals: Any = None,
    ) -> runtime.Context:
        """Return the context of one rendering."""
        names: Any = self.globals
        if (
            shared
            or locals
            or type(names) is not ChainMap
            or self.environment.context_class is not runtime.Context
        ):
            return super().new_context(vars, shared, locals)
        merged: dict[str, Any] = {}
        for mapping in reversed(names.maps):
            merged |= mapping
        given = merged | vars if vars else merged
        return runtime.Context(self.environment, given, self.name, self.blocks, merged)


class Cache(LRUCache):
    """Jinja's cache of templates, which keeps no order of their use while it has room."""

    def get(self, key: Any, default: Any = None) -> Any:
        """Return a template; without a lock, as nothing is moved."""
        if len(self._mapping) < self.capacity:
            return self._mapping.get(key, default)
        return super().get(key, default)


class Environment(StockEnvironment):
    """Flask's environment, with those templates in such a cache."""

    template_class = Template

    def __init__(self, app: "App", **options: Any) -> None:
        super().__init__(app, **options)
        cache: Any = self.cache
        if type(cache) is LRUCache and is_there(PLACE):
            self.cache = Cache(cache.capacity)  # type: ignore[assignment]
