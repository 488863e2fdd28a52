"""Schemas: how models look as JSON, and what of them may be written."""

import re

from flask_marshmallow.sqla import SQLAlchemyAutoSchema
from marshmallow import ValidationError
from marshmallow.validate import Length
from marshmallow_sqlalchemy import auto_field

from .models import Page


def check_text(text: str) -> None:
    """Refuse null bytes and halves of characters: JSON has them, databases don't."""
    if re.search("[\0\ud800-\udfff]", text):
        raise ValidationError("This has characters that are no text.")


class PageSchema(SQLAlchemyAutoSchema):
    """A page of text; its fields are the model's."""

    class Meta:
        model = Page

    id = auto_field(dump_only=True)
    title = auto_field(validate=[Length(min=1, max=200), check_text])
    text = auto_field(load_default="", validate=check_text)
