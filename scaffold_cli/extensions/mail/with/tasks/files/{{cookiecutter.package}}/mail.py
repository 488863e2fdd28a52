"""Sending mail, and showing it where there is no mail server."""

from collections.abc import Iterable
from email import message_from_bytes, policy

from flask import Flask
from flask_mail import Message

from .extensions import mail, queue

# Headers too in plain letters, not in =?utf-8?...?=.
READABLE = policy.default.clone(utf8=True, refold_source="all")


def send(subject: str, recipients: Iterable[str], text: str) -> None:
    """Have a message of plain text sent, from ``MAIL_DEFAULT_SENDER``."""
    deliver.delay(subject, [*recipients], text)


@queue.task(retries=5, wait=60)
def deliver(subject: str, recipients: list[str], text: str) -> None:
    """Send a message; the task is tried again while the mail server is out of reach."""
    mail.send(Message(subject, recipients=[*recipients], body=text))


def show(app: Flask, message: Message) -> None:
    """Print a whole message: what happens to mail without a ``MAIL_SERVER``."""
    text = message_from_bytes(message.as_bytes(), policy=READABLE).as_string()
    print(f"{'-' * 72}\n{text}\n{'-' * 72}")
