"""How many workers gunicorn starts."""

import os
import runpy
from unittest import TestCase
from unittest.mock import patch

from ..settings import ROOT


class WorkersTest(TestCase):
    def test_one_knows_all_visitors_whatever_the_platform_says(self) -> None:
        with patch.dict(os.environ, {"WEB_CONCURRENCY": "3"}):
            settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
        self.assertEqual(settings["workers"], 1)
        self.assertIn(settings["worker_class"], ("gthread", "gevent"))
