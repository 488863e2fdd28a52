"""Forms of the preferences."""

from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, SubmitField

COLOR_SCHEMES = [
    SelectChoice("auto", "As the device"),
    SelectChoice("light", "Light"),
    SelectChoice("dark", "Dark"),
]


class PreferencesForm(FlaskForm):
    """Choose the colours of the pages."""

    color_scheme = SelectField("Colours", choices=COLOR_SCHEMES)
    save = SubmitField("Save")
