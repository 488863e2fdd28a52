"""Views of the uploads."""

import shutil
from pathlib import Path
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
from werkzeug.datastructures import FileStorage

from ..extensions import uploads
from .files import stored
from .forms import UploadForm


def index() -> ResponseReturnValue:
    """Show what was uploaded, and take another file."""
    form = UploadForm()
    if form.validate_on_submit():
        keep(form.file.data)
        flash("Uploaded.", "success")
        return redirect(url_for(".index"))
    files = stored(uploads.config.destination)
    return render_template("uploads/index.html", form=form, files=files)


def keep(file: FileStorage) -> None:
    """Save a file; nothing is left of one that the disk has no room for."""
    folder = token_hex(8)  # one of its own makes its address one that nobody can guess
    try:
        uploads.save(file, folder=folder)
    except OSError:
        shutil.rmtree(Path(uploads.config.destination, folder), ignore_errors=True)
        raise


def file(folder: str, name: str) -> Response:
    """Serve a file: never as a page of this site, whatever is in it."""
    response = send_from_directory(uploads.config.destination, f"{folder}/{name}")
    response.headers["X-Content-Type-Options"] = "nosniff"
    if not (response.mimetype or "").startswith("image/"):
        response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
