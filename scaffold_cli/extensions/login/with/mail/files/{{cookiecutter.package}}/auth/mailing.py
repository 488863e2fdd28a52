"""Mail with links, which gives nothing away to whoever asks for it."""

from urllib.parse import urljoin

from flask import Flask, after_this_request, current_app, request
from flask.wrappers import Response

from ..core import SettingsError
from ..mail import send

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


def send_afterwards(subject: str, address: str, text: str) -> None:
    """Send a message when the answer is out.

    How long it takes, or that it fails, would tell that the address has an account.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def send_now() -> None:
        with app.app_context():
            send(subject, [address], text)

    @after_this_request
    def send_on_close(response: Response) -> Response:
        response.call_on_close(send_now)
        return response
