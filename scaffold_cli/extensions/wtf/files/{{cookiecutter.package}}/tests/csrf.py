"""Forms in tests: sent as a browser sends them, with the token of their page."""

import re
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


def token_from(page: str) -> str:
    """Return the CSRF token of the first form on a page."""
    match = TOKEN.search(page)
    if match is None:
        raise AssertionError("There is no form with a CSRF token on the page.")
    return unescape(match[1])


def submit(client: FlaskClient, path: str, **fields: str) -> TestResponse:
    """Open a page, fill in its form and send it."""
    token = token_from(client.get(path).get_data(as_text=True))
    return client.post(path, data={"csrf_token": token, **fields})
