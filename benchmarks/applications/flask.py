"""The application over stock Flask; its own server is Werkzeug's, which has a thread for each connection."""

import logging
import sys

from flask import Flask

from .answers import TEMPLATES
from .views import add_views

app = Flask(__name__, template_folder=str(TEMPLATES))
add_views(app)

if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app.run(port=int(sys.argv[1]))
