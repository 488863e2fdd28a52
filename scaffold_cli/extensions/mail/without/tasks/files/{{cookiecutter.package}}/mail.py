"""Sending mail, and showing it where there is no mail server."""

from collections.abc import Iterable
from email import message_from_bytes, policy

from flask import Flask
from flask_mail import Message

from .extensions import mail

# Headers too in plain letters, not in =?utf-8?...?=.
READABLE = policy.default.clone(utf8=True, refold_source="all")


def send(subject: str, recipients: Iterable[str], text: str) -> None:
    """Send a message of plain text, from ``MAIL_DEFAULT_SENDER``.

    :raises OSError: when the mail server is out of reach, or refuses.
    """
    mail.send(Message(subject, recipients=[*recipients], body=text))


def show(app: Flask, message: Message) -> None:
    """Print a whole message: what happens to mail without a ``MAIL_SERVER``."""
    text = message_from_bytes(message.as_bytes(), policy=READABLE).as_string()
    print(f"{'-' * 72}\n{text}\n{'-' * 72}")
