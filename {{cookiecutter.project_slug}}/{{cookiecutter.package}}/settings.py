"""Settings, read from the environment; ``.env`` fills in what it does not say."""

from pathlib import Path

from environs import Env
# slot: settings-imports

ROOT = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(str(ROOT / ".env"))

SITE_NAME = "{{ cookiecutter.project_name }}"

DEBUG = env.bool("FLASK_DEBUG", False)

# Signs the session; the application refuses to start without it, save in debug.
SECRET_KEY = env.str("SECRET_KEY", "")

# None stands for: over HTTPS only, save in debug.
SESSION_COOKIE_SECURE = env.bool("SESSION_COOKIE_SECURE", None)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# The hosts that requests may name; if empty, any.
TRUSTED_HOSTS: list[str] | None = env.list("TRUSTED_HOSTS", []) or None

# How many proxies in front may be believed when they send X-Forwarded-For and -Proto.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

# The largest request body taken, in bytes.
MAX_CONTENT_LENGTH = env.int("MAX_CONTENT_LENGTH", 16 * 1024 * 1024)

# Seconds that browsers keep static files: a year, as their URLs change with them.
SEND_FILE_MAX_AGE_DEFAULT = env.int("SEND_FILE_MAX_AGE_DEFAULT", 31_536_000)

# Modules of this package, import strings or objects; (item, {"url_prefix": "/x"}) too.
BLUEPRINTS = [
    ".public.blueprint",
    # slot: blueprints
]

# slot: apps

# slot: settings
