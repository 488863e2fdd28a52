"""The landing page: what a new application holds, and what to do next."""

from flask import current_app, render_template
from werkzeug.routing import Rule


def landing_page() -> str:
    """Return the page, for the current application.

    It tells how the application is built: show it in debug only.
    """
    rules = sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule)
    routes = [describe(rule) for rule in rules if not rule.rule.startswith("/_")]
    return render_template("landing.html", routes=routes)


def describe(rule: Rule) -> dict[str, object]:
    """Return a rule's path, endpoint, methods, and whether a click may open it."""
    methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    return {
        "path": rule.rule,
        "endpoint": rule.endpoint,
        "methods": methods,
        "linked": "GET" in methods and not rule.arguments,
    }
