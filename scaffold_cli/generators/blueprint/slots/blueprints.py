(".{{ cookiecutter.blueprint }}.blueprint", {"url_prefix": "/{{ cookiecutter.blueprint }}"}),
