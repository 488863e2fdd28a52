"""Templates that do not copy all global names one by one for each rendering."""

from collections import ChainMap
from typing import Any

import jinja2
from flask.templating import Environment as StockEnvironment
from jinja2 import runtime


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
            not shared
            and type(names) is ChainMap
            and self.environment.context_class is runtime.Context
        ):
            merged: dict[str, Any] = {}
            for mapping in reversed(names.maps):
                merged.update(mapping)
            vars, shared, names = merged | (vars or {}), True, merged
        return runtime.new_context(
            self.environment, self.name, self.blocks, vars, shared, names, locals
        )


class Environment(StockEnvironment):
    """Flask's environment, with those templates."""

    template_class = Template
