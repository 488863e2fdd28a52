"""The {{ cookiecutter.blueprint }} pages."""
