"""Schemas: how models look as JSON, and what of them may be written."""

from marshmallow import Schema, fields
from marshmallow.validate import Length


class PageSchema(Schema):
    """A page of text."""

    id = fields.Integer(dump_only=True)
    title = fields.String(required=True, validate=Length(min=1, max=200))
    text = fields.String(load_default="")
