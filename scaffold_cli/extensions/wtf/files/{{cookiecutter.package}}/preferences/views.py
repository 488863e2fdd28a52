"""Views of the preferences."""

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from .forms import PreferencesForm


def preferences() -> ResponseReturnValue:
    """Show the preferences, and keep what is chosen in the session."""
    form = PreferencesForm(color_scheme=session.get("color_scheme", "auto"))
    if form.validate_on_submit():
        session["color_scheme"] = form.color_scheme.data
        flash("Saved.", "success")
        return redirect(url_for(".preferences"))
    return render_template("preferences/preferences.html", form=form)
