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


class Environment(StockEnvironment):
    """Flask's environment, with those templates."""

    template_class = Template
