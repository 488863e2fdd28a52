"""The commands of ``manage.py``."""

from .app import create_app
from .core import Manager
# slot: command-imports

manager = Manager(create_app)


# slot: commands
