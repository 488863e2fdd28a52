"""The commands of manage.py."""

import os
import subprocess
import sys

from flask import request

from ..core import Manager
from ..core.script import Command, Option
from ..manage import manager
from ..settings import ROOT
from .base import AppTestCase


class ManageTest(AppTestCase):
    def test_urls_are_listed(self) -> None:
        result = self.runner.invoke(manager, ["urls"])
        self.assertEqual(result.exit_code, 0, result.output)
        self.assertIn("public.index", result.output)

    def test_shell_has_the_application_at_hand(self) -> None:
        result = self.runner.invoke(manager, ["shell"], input="print(app.url_map)\n")
        self.assertEqual(result.exit_code, 0, result.output)
        self.assertIn("/healthz", result.output)

    def test_missing_secret_key_is_one_sentence(self) -> None:
        result = subprocess.run(
            [sys.executable, "manage.py", "urls"],
            cwd=ROOT,
            env={**os.environ, "FLASK_DEBUG": "0", "SECRET_KEY": ""},
            capture_output=True,
            text=True,
        )
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stderr, r"^Error: SECRET_KEY is not set.*\n$")


class ManagerTest(AppTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.manager = Manager(self.create_app)

        @self.manager.command
        def greet_all(name: str, times: int = 1, loud: bool = False) -> int:
            """Greet somebody."""
            print(" ".join([name.upper() if loud else name] * times))
            return times

    def test_function_becomes_a_command(self) -> None:
        args = ["greet-all", "Ada", "-t", "2", "--loud"]
        result = self.runner.invoke(self.manager, args)
        self.assertEqual(result.output, "ADA ADA\n")
        self.assertEqual(result.exit_code, 2)

    def test_command_answers_to_the_name_of_its_function(self) -> None:
        result = self.runner.invoke(self.manager, ["greet_all", "Ada"])
        self.assertEqual(result.output, "Ada\n")

    def test_class_becomes_a_command(self) -> None:
        class Add(Command):
            option_list = (Option("numbers", type=int, nargs="+"),)

            def run(self, numbers: list[int]) -> None:
                print(f"{request.path} {sum(numbers)}")

        self.manager.add_command("add", Add)
        result = self.runner.invoke(self.manager, ["add", "1", "2"])
        self.assertEqual(result.output, "/ 3\n")

    def test_docstring_is_the_help(self) -> None:
        result = self.runner.invoke(self.manager, ["greet-all", "--help"])
        self.assertIn("Greet somebody.", result.output)
