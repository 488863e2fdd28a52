"""What gunicorn reads from ``gunicorn.conf.py``."""

import os
import runpy
from typing import Any
from unittest import TestCase
from unittest.mock import patch

from ..settings import ROOT


class GunicornTest(TestCase):
    def test_the_port_is_what_the_platform_says(self) -> None:
        self.assertEqual(self.read(PORT="5000")["bind"], "0.0.0.0:5000")

    def test_without_a_port_only_this_machine_is_served(self) -> None:
        self.assertEqual(self.read(PORT="")["bind"], "127.0.0.1:8000")

    def test_no_proxy_is_believed_by_the_server(self) -> None:
        self.assertEqual(self.read()["forwarded_allow_ips"], "")

    def test_it_has_stopped_before_a_platform_kills_it(self) -> None:
        self.assertLess(self.read()["graceful_timeout"], 30)

    def test_idle_connections_are_kept_for_longer_than_routers_do(self) -> None:
        self.assertGreater(self.read()["keepalive"], 90)

    def read(self, **environment: str) -> dict[str, Any]:
        """Return what the file says in an environment."""
        with patch.dict(os.environ, environment):
            return runpy.run_path(str(ROOT / "gunicorn.conf.py"))
