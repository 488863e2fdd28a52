"""``/api/status``: which application answers, in which version of the API."""

from flask import current_app
from marshmallow import Schema, fields

from ..rest import Resource


class StatusSchema(Schema):
    """What there is to know before anything else is asked for."""

    status = fields.String(required=True)
    name = fields.String(required=True)
    version = fields.String(required=True)


blueprint = Resource("api_status", __name__, description="Is it there?")


@blueprint.route("")
@blueprint.response(200, StatusSchema)
def status() -> dict[str, str]:
    """Tell the name of the application and the version of its API."""
    return {
        "status": "ok",
        "name": current_app.config["SITE_NAME"],
        "version": current_app.config["API_VERSION"],
    }
