".{{ cookiecutter.blueprint }}.blueprint",
