"""The small template that copier and cruft are told the stories with: the same files for both, in three versions.

It is shaped as scaffold's own template is: what a feature brings stands at the same places, in files of the same names. In the texts
below a variable is ``answers.NAME``; copier knows it by its name alone, cookiecutter as ``cookiecutter.NAME``.
"""

import json
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "answers."
QUESTIONS: Mapping[str, object] = {"caching": False, "deploy": ["heroku", "uwsgi"], "mail": False}
ONLY = {  # files that are there only with some answer
    "app.json": "answers.deploy == 'heroku'",
    "shop.ini": "answers.deploy == 'uwsgi'",
    "shop/tests/test_caching.py": "answers.caching",
    "shop/mail.py": "answers.mail",
    "shop/tests/test_mail.py": "answers.mail",
}
FILES = {
    "README.md": """\
# {{ answers.project_name }}

A Flask application.

## Run

    python manage.py runserver

## Tests

    python -m pytest

## Deploy

{% if answers.deploy == 'heroku' -%}
By `git push heroku main`.
{%- else -%}
By `uwsgi --ini shop.ini`, behind nginx.
{%- endif %}
""",
    "Procfile": """\
{% if answers.deploy == 'heroku' -%}
web: gunicorn shop.app:app
{%- else -%}
web: uwsgi --ini shop.ini
{%- endif %}
""",
    "app.json": '{"name": "{{ answers.project_name }}", "buildpacks": [{"url": "heroku/python"}]}\n',
    "shop.ini": "[uwsgi]\nmodule = shop.app:create_app()\nprocesses = 4\n",
    "shop/__init__.py": "",
    "shop/app.py": '''\
"""The application factory."""

from flask import Flask

from . import extensions, utils


def create_app() -> Flask:
    """Make the application."""
    app = Flask(__name__)
    app.config.from_object("shop.settings")
    app.url_defaults(utils.add_fingerprint)
    extensions.init_app(app)
    return app
''',
    "shop/extensions.py": '''\
"""The extensions, bound to no application, and the place that binds them to one."""

from flask import Flask
{%- if answers.caching %}
from flask_caching import Cache
{%- endif %}
{%- if answers.mail %}
from flask_mail import Mail
{%- endif %}
{% if answers.caching %}
cache = Cache()
{%- endif %}
{%- if answers.mail %}
mail = Mail()
{%- endif %}


def init_app(app: Flask) -> None:
    """Bind each extension to the application."""
{%- if answers.caching %}
    cache.init_app(app)
{%- endif %}
{%- if answers.mail %}
    mail.init_app(app)
{%- endif %}
''',
    "shop/settings.py": '''\
"""Settings, read from the environment."""

import os

SITE_NAME = "{{ answers.project_name }}"

DEBUG = os.environ.get("FLASK_DEBUG") == "1"

# Signs the session.
SECRET_KEY = os.environ.get("SECRET_KEY", "")

# How many proxies in front may be believed.
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))

# The largest request body taken, in bytes.
MAX_CONTENT_LENGTH = 16 * 1024 * 1024

BLUEPRINTS = [
    ".public.blueprint",
]
{%- if answers.caching %}

# Flask-Caching
CACHE_TYPE = os.environ.get("CACHE_TYPE", "FileSystemCache")
CACHE_DEFAULT_TIMEOUT = 300
{%- endif %}
{%- if answers.mail %}

# Flask-Mail
MAIL_SERVER = os.environ.get("MAIL_SERVER", "")
MAIL_PORT = 25
{%- endif %}
''',
    "shop/utils.py": '''\
"""Helpers of the application itself."""

from typing import Any


def add_fingerprint(endpoint: str, values: dict[str, Any]) -> None:
    """Add what changes with a static file to its URL."""
    if endpoint.endswith("static"):
        values["v"] = "1"
''',
    "shop/mail.py": '''\
"""Sending mail."""

from .extensions import mail


def send(to: str, text: str) -> None:
    """Send a message."""
    mail.send_message(recipients=[to], body=text)
''',
    "shop/views.py": '''\
"""Views of the application itself."""


def healthz() -> dict[str, str]:
    """Tell load balancers that the application runs."""
    return {"status": "ok"}
''',
    "shop/tests/__init__.py": "",
    "shop/tests/test_caching.py": '''\
"""What is the same for everybody is worked out once."""

from ..extensions import cache


def test_a_value_is_kept() -> None:
    cache.set("name", "value")
    assert cache.get("name") == "value"
''',
    "shop/tests/test_mail.py": '''\
"""Mail is sent."""

from ..mail import send


def test_a_message_is_sent() -> None:
    send("ada@example.com", "Hello")
''',
}
# What became of it: in version 2 and 3, each a few replacements, and renamed files. scaffold's template changes alike.
CHANGES: Mapping[int, Mapping[str, tuple[str, str]]] = {
    2: {
        "README.md": (
            "## Tests\n",
            "## Limits\n\nRequests of up to 32 MB are taken.\n\n## Tests\n",
        ),
        "shop/settings.py": ("16 * 1024 * 1024", "32 * 1024 * 1024"),
        "shop/views.py": ('"ok"', '"well"'),
    },
    3: {"shop/app.py": ("utils", "links")},
}
RENAMED = (3, "shop/utils.py", "shop/links.py")
HOOK = """\
from pathlib import Path

{% for path, there in {EXPECTED}.items() -%}
{% if not there %}Path("{{ path }}").unlink()
{% endif %}
{%- endfor %}
"""


def files(version: int) -> dict[str, str]:
    """Return the template's files in a version, with their conditions left out."""
    found = dict(FILES)
    for number in range(2, version + 1):
        for path, (old, new) in CHANGES[number].items():
            assert old in found[path], path
            found[path] = found[path].replace(old, new)
        if number == RENAMED[0]:
            found[RENAMED[2]] = found.pop(RENAMED[1])
    return found


def write_copier(folder: Path, version: int) -> None:
    """Write the template for copier: files in a folder of their own, conditions in their names."""
    questions = {
        "project_name": {"type": "str", "default": "Shop"},
        "caching": {"type": "bool", "default": False},
        "deploy": {"type": "str", "choices": QUESTIONS["deploy"], "default": "heroku"},
        "mail": {"type": "bool", "default": False},
    }
    texts = {"copier.yml": json.dumps({"_subdirectory": "template", **questions}, indent=2)}
    texts["template/{{ _copier_conf.answers_file }}.jinja"] = (
        "# Changes here will be overwritten by Copier; NEVER EDIT MANUALLY\n"
        "{{ _copier_answers|to_nice_yaml -}}\n"
    )
    for path, text in files(version).items():
        parent, _, name = path.rpartition("/")
        if path in ONLY:
            name = f"{{% if {ONLY[path]} %}}{name}{{% endif %}}"
        texts["/".join(["template", *filter(None, [parent]), f"{name}.jinja"])] = text
    _write(
        folder,
        {path.replace(VARIABLE, ""): text.replace(VARIABLE, "") for path, text in texts.items()},
    )


def write_cookiecutter(folder: Path, version: int) -> None:
    """Write the template for cruft: all files, and a hook that removes those that are not wanted."""
    questions = {"project_name": "Shop", "project_slug": "shop", **QUESTIONS}
    there = ", ".join(f'"{path}": {condition}' for path, condition in ONLY.items())
    texts = {
        "cookiecutter.json": json.dumps(questions, indent=2),
        "hooks/post_gen_project.py": HOOK.replace("{EXPECTED}", "{" + there + "}"),
    }
    for path, text in files(version).items():
        texts["{{cookiecutter.project_slug}}/" + path] = text
    _write(folder, {path: text.replace(VARIABLE, "cookiecutter.") for path, text in texts.items()})


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
