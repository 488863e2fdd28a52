"""Mail with links, which gives nothing away to whoever asks for it."""

from typing import Any
from urllib.parse import urljoin

import flask_security
from flask import Flask, after_this_request, current_app, request
from flask.wrappers import Response

from ..core import SettingsError

REFUSAL = (
    "SITE_URL is not set, but MAIL_SERVER is: links in mail need it, "
    "as SITE_URL=https://www.example.com"
)


def check_settings(app: Flask) -> None:
    """Refuse to send mail with links before it is known where they lead.

    :raises SettingsError: when ``SITE_URL`` is missing.
    """
    sending = app.config["MAIL_SERVER"] and not (app.debug or app.testing)
    if sending and not app.config["SITE_URL"]:
        raise SettingsError(REFUSAL)


def absolute(path: str) -> str:
    """Return the address of a path on this site.

    Not the request's host, if that can be helped: whoever asks for a link to be mailed
    to somebody else could name any host in it.
    """
    return urljoin(current_app.config["SITE_URL"] or request.host_url, path)


class MailUtil(flask_security.MailUtil):
    """What Flask-Security sends its mail with."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: Any,
        sender: Any,
        body: str | None,
        html: str | None,
        **context: Any,
    ) -> None:
        """Send the text of a message when the answer is out, as all mail is sent.

        How long it takes, or that it fails, would tell that the address has an account.
        """
        from ..mail import send  # which needs the extensions, and they need this module

        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

        def send_now() -> None:
            with app.app_context():
                send(str(subject), [recipient], body or "")

        @after_this_request
        def send_on_close(response: Response) -> Response:
            response.call_on_close(send_now)
            return response
