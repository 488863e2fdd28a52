"""``python manage.py runserver``, without a line for each request."""

import logging
import sys

from talk.manage import manager

logging.getLogger("werkzeug").setLevel(logging.ERROR)
sys.argv[1:] = ["runserver", "-p", sys.argv[1]]
manager.run()
