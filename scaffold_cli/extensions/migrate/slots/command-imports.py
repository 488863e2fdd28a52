import os
from threading import Event

from flask_migrate import upgrade
