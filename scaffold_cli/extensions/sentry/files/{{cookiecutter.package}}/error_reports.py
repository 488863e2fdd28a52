"""Reports of errors, sent to Sentry."""

from typing import TYPE_CHECKING

import sentry_sdk
from flask import Flask

if TYPE_CHECKING:
    from sentry_sdk.types import DataCollectionUserOptions as Collected

# What reports hold of a request unless SENTRY_SEND_PII: how it was made, not by whom.
NOTHING_PERSONAL: "Collected" = {
    "user_info": False,
    "cookies": {"mode": "off"},
    "http_headers": {
        "request": {
            "mode": "allowlist",
            "terms": ["accept", "content-type", "user-agent"],
        }
    },
    "http_bodies": [],
    "url_query_params": {"mode": "off"},
    "database_query_data": False,
    "queues": False,
    "stack_frame_variables": False,
}


class Sentry:
    """Has the Sentry SDK report the errors of requests, tasks and commands.

    The SDK serves the process. It finds by itself what there is to watch.
    """

    def init_app(self, app: Flask) -> None:
        """Begin to report, if the application has a DSN."""
        app.extensions["sentry"] = self
        if not app.config["SENTRY_DSN"]:
            return
        personal = app.config["SENTRY_SEND_PII"]
        sentry_sdk.init(
            dsn=app.config["SENTRY_DSN"],
            environment=app.config["SENTRY_ENVIRONMENT"],
            release=app.config["SENTRY_RELEASE"] or None,
            traces_sample_rate=app.config["SENTRY_TRACES_SAMPLE_RATE"],
            data_collection={"user_info": True} if personal else NOTHING_PERSONAL,
        )


def send_test_report() -> str | None:
    """Report an error that is none, and return its id in Sentry; None without a DSN."""
    event_id = sentry_sdk.capture_message("This is a test.", level="error")
    sentry_sdk.flush()
    return event_id
