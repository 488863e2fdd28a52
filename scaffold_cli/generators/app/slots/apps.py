"/{{ cookiecutter.app }}": ".{{ cookiecutter.app }}.settings",
