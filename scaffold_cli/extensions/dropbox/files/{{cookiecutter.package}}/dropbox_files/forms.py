"""Forms of the files in a Dropbox."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SubmitField


class SaveForm(FlaskForm):
    """Save a file to the Dropbox."""

    file = FileField("File", [FileRequired()])
    save = SubmitField("Save to Dropbox")
