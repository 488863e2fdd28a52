"""A new session id for everybody who logs in or out."""

from flask import Flask, session


def renew_session_id(sender: Flask, **details: object) -> None:
    """Give the session another id, so that one planted before log-in leads nowhere."""
    sender.session_interface.regenerate(session)  # type: ignore[attr-defined]
