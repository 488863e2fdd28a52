"""Dropbox as a Flask extension: linking a visitor's account, and using it."""

from collections.abc import Mapping
from typing import Any

import dropbox
from flask import Flask, current_app, session

TOKEN = "dropbox_token"  # noqa: S105  (the key of the session)
STATE = "dropbox_state"
SCOPES = ["files.content.write", "files.metadata.read"]
SECONDS = 20


class DropboxAccess:
    """Reaches the Dropbox of the current visitor, for the current application.

    One object may serve several applications: each has connections of its own in
    ``app.extensions["dropbox"]``, and its own key in the settings.
    """

    def init_app(self, app: Flask) -> None:
        """Bind it to an application; nothing is connected yet."""
        app.extensions["dropbox"] = dropbox.create_session()

    @property
    def is_configured(self) -> bool:
        """Whether the settings name an app at Dropbox."""
        config = current_app.config
        return bool(config["DROPBOX_APP_KEY"] and config["DROPBOX_APP_SECRET"])

    @property
    def client(self) -> dropbox.Dropbox | None:
        """The client of the visitor's account; None until they linked it."""
        if TOKEN not in session:
            return None
        return dropbox.Dropbox(
            oauth2_access_token=session[TOKEN],
            session=current_app.extensions["dropbox"],
            timeout=SECONDS,
            max_retries_on_error=1,
            max_retries_on_rate_limit=1,
        )

    def start(self, redirect_uri: str) -> str:
        """Return the address at Dropbox where the visitor may allow the link."""
        return str(self._flow(redirect_uri).start())

    def finish(self, redirect_uri: str, answer: Mapping[str, str]) -> None:
        """Keep the link, once the visitor comes back.

        :param answer: the query that Dropbox sent the visitor back with.
        :raises Exception: one of ``dropbox.oauth``, or an OSError when Dropbox is out of
            reach or refuses.
        """
        session[TOKEN] = self._flow(redirect_uri).finish(answer).access_token

    def forget(self) -> None:
        """Forget the link."""
        session.pop(TOKEN, None)

    def _flow(self, redirect_uri: str) -> Any:
        flow = dropbox.DropboxOAuth2Flow(
            consumer_key=current_app.config["DROPBOX_APP_KEY"],
            consumer_secret=current_app.config["DROPBOX_APP_SECRET"],
            redirect_uri=redirect_uri,
            session=session,
            csrf_token_session_key=STATE,
            token_access_type="online",  # noqa: S106
            scope=SCOPES,
            timeout=SECONDS,
        )
        flow.requests_session = current_app.extensions["dropbox"]
        return flow
