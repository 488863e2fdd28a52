"""Schemas: how models look as JSON, and what of them may be written."""

from flask_marshmallow.sqla import SQLAlchemyAutoSchema
from marshmallow.validate import Length
from marshmallow_sqlalchemy import auto_field

from .models import Page


class PageSchema(SQLAlchemyAutoSchema):
    """A page of text; its fields are the model's."""

    class Meta:
        model = Page

    id = auto_field(dump_only=True)
    title = auto_field(validate=Length(min=1, max=200))
    text = auto_field(load_default="")
