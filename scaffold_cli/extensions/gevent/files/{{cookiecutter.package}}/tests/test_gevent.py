"""gunicorn's workers are gevent's."""

import runpy
import subprocess
import sys
from unittest import TestCase

from ..settings import ROOT

WAITING = """
from gevent import monkey

monkey.patch_all()

import time
from threading import Thread

started = time.monotonic()
threads = [Thread(target=time.sleep, args=[0.2]) for _ in range(50)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(type(time.sleep).__name__, time.monotonic() - started < 5)
"""


class GeventTest(TestCase):
    def test_workers_are_gevents(self) -> None:
        settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
        self.assertEqual(settings["worker_class"], "gevent")
        self.assertNotIn("preload_app", settings)  # it would come before the patches

    def test_what_sleeps_lets_others_run(self) -> None:
        done = subprocess.run(
            [sys.executable, "-c", WAITING], capture_output=True, text=True, check=True
        )
        self.assertEqual(done.stdout.split()[-1], "True")
