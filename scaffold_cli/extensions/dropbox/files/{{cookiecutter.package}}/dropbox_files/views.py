"""Views of the files in a Dropbox."""

from dropbox import Dropbox
from dropbox.exceptions import AuthError, DropboxException
from dropbox.oauth import (
    BadRequestException,
    BadStateException,
    CsrfException,
    NotApprovedException,
    ProviderException,
)
from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..extensions import dropbox_access
from .files import list_files, save_file
from .forms import SaveForm


def index() -> ResponseReturnValue:
    """Show the visitor's files, or how to get there."""
    if not dropbox_access.is_configured:
        return render_template("dropbox/setup.html", redirect_uri=redirect_uri())
    client = dropbox_access.client
    if client is None:
        return render_template("dropbox/link.html")
    try:
        return show_files(client)
    except AuthError:
        dropbox_access.forget()
        flash("The link to your Dropbox has ended.")
        return redirect(url_for(".index"))
    except (DropboxException, OSError):
        current_app.logger.exception("Dropbox does not answer as it should.")
        flash("Dropbox does not answer. Try it again later.", "error")
        return render_template("dropbox/files.html", form=SaveForm(), files=[])


def show_files(client: Dropbox) -> ResponseReturnValue:
    """List the files, and save another."""
    form = SaveForm()
    if form.validate_on_submit():
        name = save_file(client, form.file.data)
        flash(f"Saved as {name}.", "success")
        return redirect(url_for(".index"))
    return render_template("dropbox/files.html", form=form, files=list_files(client))


def link() -> ResponseReturnValue:
    """Send the visitor to Dropbox, to allow the link."""
    if not dropbox_access.is_configured:
        return redirect(url_for(".index"))
    return redirect(dropbox_access.start(redirect_uri()))


def linked() -> ResponseReturnValue:
    """Take the visitor who comes back from Dropbox."""
    if not dropbox_access.is_configured:
        return redirect(url_for(".index"))
    try:
        dropbox_access.finish(redirect_uri(), request.args)
    except NotApprovedException:
        flash("Your Dropbox is not linked.")
    except (BadRequestException, BadStateException, CsrfException):
        abort(400, "This is not the answer to a question of this site. Try it again.")
    except (ProviderException, OSError):
        current_app.logger.exception("Dropbox refuses to be linked.")
        flash("Dropbox refuses the link. Try it again later.", "error")
    return redirect(url_for(".index"))


def unlink() -> ResponseReturnValue:
    """Forget the visitor's Dropbox."""
    dropbox_access.forget()
    flash("Your Dropbox is not linked any more.")
    return redirect(url_for(".index"))


def redirect_uri() -> str:
    """Return where Dropbox sends visitors back to; the app there has to list it."""
    return url_for(".linked", _external=True)
