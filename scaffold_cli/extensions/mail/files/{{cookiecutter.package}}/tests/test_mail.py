"""Mail is sent by SMTP, or shown in the console where there is no server."""

import io
import socketserver
from contextlib import redirect_stdout
from threading import Thread

from ..app import create_app
from ..extensions import mail
from ..mail import send
from ..manage import send_test_mail
from .base import TEST_SETTINGS, AppTestCase


class SMTPHandler(socketserver.StreamRequestHandler):
    """Just enough of an SMTP server to take one message."""

    server: "SMTPServer"

    def handle(self) -> None:
        """Agree to everything, and keep what comes after ``DATA``."""
        self.reply("220 ready")
        for line in self.rfile:
            command = line.strip().upper()
            if command == b"QUIT":
                break
            if command == b"DATA":
                self.reply("354 go on")
                self.server.messages.append(self.message())
            self.reply("250 fine")
        self.reply("221 bye")

    def message(self) -> str:
        """Read up to the line with a single dot."""
        return b"".join(iter(self.rfile.readline, b".\r\n")).decode()

    def reply(self, line: str) -> None:
        """Send one line."""
        self.wfile.write(f"{line}\r\n".encode())


class SMTPServer(socketserver.TCPServer):
    """Listens on a free port of this machine, and keeps the messages."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), SMTPHandler)
        self.messages: list[str] = []


class MailTest(AppTestCase):
    def test_without_a_server_a_message_is_shown_whole(self) -> None:
        with redirect_stdout(io.StringIO()) as output:
            send("Grüße", ["ada@example.com"], "Guten Tag!\nBis bald.")
        for line in (
            "Subject: Grüße\n",
            "From: noreply@localhost\n",
            "To: ada@example.com\n",
            "Guten Tag!\nBis bald.\n",
        ):
            self.assertIn(line, output.getvalue())

    def test_the_command_sends_a_test_message(self) -> None:
        with redirect_stdout(io.StringIO()), mail.record_messages() as outbox:
            send_test_mail("ada@example.com")
        self.assertEqual([["ada@example.com"]], [m.recipients for m in outbox])

    def test_with_a_server_it_is_sent_there_and_not_shown(self) -> None:
        server = self.enterContext(SMTPServer())
        thread = Thread(target=server.handle_request)
        thread.start()
        settings = {
            "MAIL_SERVER": "127.0.0.1",
            "MAIL_PORT": server.server_address[1],
            "MAIL_USE_TLS": False,
            "MAIL_USE_SSL": False,
            "MAIL_USERNAME": "",
            "MAIL_SUPPRESS_SEND": False,  # even though this is a test
        }
        app = create_app(**{**TEST_SETTINGS, **settings})
        with app.app_context(), redirect_stdout(io.StringIO()) as output:
            send("Hello", ["ada@example.com"], "By SMTP.")
        thread.join()
        self.assertEqual("", output.getvalue())
        [message] = server.messages
        self.assertIn("Subject: Hello\r\n", message)
        self.assertIn("By SMTP.", message)
