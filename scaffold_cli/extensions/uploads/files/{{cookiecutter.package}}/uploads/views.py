"""Views of the uploads."""

from secrets import token_hex

from flask import (
    Response,
    flash,
    redirect,
    render_template,
    send_from_directory,
    url_for,
)
from flask.typing import ResponseReturnValue

from ..extensions import uploads
from .files import stored
from .forms import UploadForm


def index() -> ResponseReturnValue:
    """Show what was uploaded, and take another file."""
    form = UploadForm()
    if form.validate_on_submit():
        # A folder of its own makes its address one that nobody can guess.
        uploads.save(form.file.data, folder=token_hex(8))
        flash("Uploaded.", "success")
        return redirect(url_for(".index"))
    files = stored(uploads.config.destination)
    return render_template("uploads/index.html", form=form, files=files)


def file(folder: str, name: str) -> Response:
    """Serve a file: never as a page of this site, whatever is in it."""
    response = send_from_directory(uploads.config.destination, f"{folder}/{name}")
    response.headers["X-Content-Type-Options"] = "nosniff"
    if not (response.mimetype or "").startswith("image/"):
        response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
