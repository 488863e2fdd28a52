"""Forms of the recovery."""

from flask_wtf import FlaskForm
from wtforms import EmailField, SubmitField
from wtforms.validators import InputRequired, Length


class ForgotPasswordForm(FlaskForm):
    """Ask for a link to set another password."""

    email = EmailField(
        "E-mail address",
        [InputRequired(), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    send = SubmitField("Send me a link")
