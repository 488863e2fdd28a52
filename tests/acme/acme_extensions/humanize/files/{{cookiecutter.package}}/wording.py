"""Times and numbers in templates, as people say them."""

from flask import Flask
from humanize import intword, naturaltime


class Wording:
    """Template filters: ``{{ order.placed_at|ago }}``, ``{{ sales|in_words }}``."""

    def init_app(self, app: Flask) -> None:
        """Add the filters to an application; one object serves several."""
        app.extensions["humanize"] = self
        app.add_template_filter(naturaltime, "ago")
        app.add_template_filter(intword, "in_words")
