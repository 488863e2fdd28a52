"""The program of flask.py over the vendored core's App: what it costs or saves with nothing else changed."""

import logging
import sys

from core import App

from .answers import TEMPLATES
from .views import add_views

app = App(__name__, template_folder=str(TEMPLATES))
add_views(app)

if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app.run(port=int(sys.argv[1]))
