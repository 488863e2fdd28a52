"""The extensions, bound to no application, and the place that binds them to one."""

from flask import Flask
# slot: extension-imports

# slot: extension-objects


def init_app(app: Flask) -> None:
    """Bind each extension to the application, in this order."""
    # slot: extension-init
