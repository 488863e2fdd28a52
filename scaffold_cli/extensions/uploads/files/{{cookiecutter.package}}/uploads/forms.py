"""Forms of the uploads."""

from flask import current_app
from flask_wtf import FlaskForm
from flask_wtf.file import FileAllowed, FileField, FileRequired
from wtforms import Field, SubmitField, ValidationError

from ..extensions import uploads
from .files import FILE_TYPES, is_what_it_says, size_of

TYPES = ", ".join(FILE_TYPES)


class UploadForm(FlaskForm):
    """Upload one file."""

    file = FileField(
        "File",
        [FileRequired(), FileAllowed(uploads, f"Only these are taken: {TYPES}.")],
        render_kw={"accept": ",".join(f".{name}" for name in FILE_TYPES)},
    )
    upload = SubmitField("Upload")

    def validate_file(self, field: Field) -> None:
        """Refuse a file that is too large, or that only has the name of its type."""
        limit = current_app.config["UPLOADS_MAX_BYTES"]
        if size_of(field.data) > limit:
            raise ValidationError(f"It is larger than {limit / 1024**2:.3g} MB.")
        if not is_what_it_says(field.data):
            raise ValidationError("It is not what its name says.")
