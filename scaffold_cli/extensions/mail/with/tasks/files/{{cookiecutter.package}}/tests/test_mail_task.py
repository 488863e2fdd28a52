"""Mail is sent by a task."""

import io
from contextlib import redirect_stdout
from unittest.mock import patch

from ..mail import deliver, send
from .base import AppTestCase


class MailTaskTest(AppTestCase):
    def test_a_message_is_sent_by_a_task(self) -> None:
        with patch.object(deliver, "delay") as delay:
            send("Hello", ("ada@example.com",), "By and by.")
        delay.assert_called_once_with("Hello", ["ada@example.com"], "By and by.")

    def test_the_task_sends_it(self) -> None:
        with redirect_stdout(io.StringIO()) as output:
            deliver("Hello", ["ada@example.com"], "Now.")
        self.assertIn("To: ada@example.com\n", output.getvalue())
