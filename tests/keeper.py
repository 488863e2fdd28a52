"""Keeps a listening socket and hands it to one server after the other, as systemd's first process does.

``python keeper.py PORT COMMAND...``: a signal HUP stops the server and then starts it anew, as ``systemctl restart`` does.
"""

import os
import signal
import socket
import subprocess
import sys

# A server has it as its third file, and is told so by name.
START = 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"'


def main(port: int, command: list[str]) -> None:
    """Start the server, and anew at each signal HUP, until there is a signal TERM."""
    wanted = {signal.SIGHUP, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, wanted)
    listening = socket.create_server(("127.0.0.1", port), backlog=4096)
    os.dup2(listening.fileno(), 3)
    received = signal.SIGHUP
    while received == signal.SIGHUP:
        server = subprocess.Popen(
            ["sh", "-c", START, "sh", *command],
            pass_fds=[3],
            preexec_fn=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, wanted),
        )
        received = signal.Signals(signal.sigwait(wanted))
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
