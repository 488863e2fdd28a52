"""The commands of ``manage.py``."""

from .app import create_app
from .checks import CHECKS
from .core import Manager
from .core.checks import check_command
# slot: command-imports

manager = Manager(create_app)
manager.add_command(check_command(CHECKS))


# slot: commands
