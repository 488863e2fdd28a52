"""The JSON API: flask-smorest, one ``Api`` for each application."""

from typing import Any

import flask_smorest
from flask import Flask
from marshmallow import Schema, fields


class ErrorSchema(Schema):
    """An error, as ``api/errors.py`` answers it."""

    code = fields.Integer(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    errors = fields.Dict(metadata={"description": "What is wrong, field by field."})


class Api(flask_smorest.Api):
    """What one application serves, and its description in OpenAPI."""

    ERROR_SCHEMA = ErrorSchema


class Rest:
    """Gives each application an ``Api`` of its own, in ``app.extensions["rest"]``.

    flask-smorest's describes the resources of one application only.
    """

    def init_app(self, app: Flask) -> None:
        """Bind it to an application; one object serves several."""
        title = app.config["SITE_NAME"]
        app.extensions["rest"] = Api(app, spec_kwargs={"title": title})


class Resource(flask_smorest.Blueprint):
    """A blueprint of the API: where it is registered, it is described, too."""

    def register(self, app: Flask, options: dict[str, Any]) -> None:
        """Do what ``Api.register_blueprint`` does, as ``BLUEPRINTS`` can't call that."""
        api = app.extensions["rest"]
        app.extensions["flask-smorest"]["blp_name_to_api"][self.name] = api
        super().register(app, options)
        self.register_views_in_doc(api, app, api.spec, name=self.name, parameters=None)
        api.spec.tag({"name": self.name, "description": self.description})
