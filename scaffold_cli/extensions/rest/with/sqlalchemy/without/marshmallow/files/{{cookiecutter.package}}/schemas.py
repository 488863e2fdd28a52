"""Schemas: how models look as JSON, and what of them may be written."""

import re

from marshmallow import Schema, ValidationError, fields
from marshmallow.validate import Length


def check_text(text: str) -> None:
    """Refuse null bytes and halves of characters: JSON has them, databases don't."""
    if re.search("[\0\ud800-\udfff]", text):
        raise ValidationError("This has characters that are no text.")


class PageSchema(Schema):
    """A page of text."""

    id = fields.Integer(dump_only=True)
    title = fields.String(required=True, validate=[Length(min=1, max=200), check_text])
    text = fields.String(load_default="", validate=check_text)
