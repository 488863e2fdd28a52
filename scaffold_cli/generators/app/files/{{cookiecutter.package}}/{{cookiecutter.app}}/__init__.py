"""The {{ cookiecutter.app }}, an application of its own."""
