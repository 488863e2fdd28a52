"""Settings of the {{ cookiecutter.app }}, over those of the project."""

APP_NAME = "{{ cookiecutter.app }}"

SITE_NAME = "{{ cookiecutter.project_name }}: {{ cookiecutter.app_title }}"

BLUEPRINTS = [
    ".{{ cookiecutter.app }}.blueprint",
    ".auth.blueprint",
]

# It mounts no others when it is served alone.
APPS: dict[str, str] = {}
