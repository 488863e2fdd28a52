"""The commands that every manager has, and what asks questions, as in Flask-Script."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from core.script import (
    Command,
    Manager,
    Server,
    Shell,
    ShowUrls,
    prompt,
    prompt_bool,
    prompt_choices,
    prompt_pass,
)
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from script import invoke


@pytest.fixture
def app() -> Flask:
    app = Flask("shop")
    app.add_url_rule("/", "index", lambda: "")
    app.add_url_rule("/users/<int:pk>", "user", lambda pk: "")
    app.add_url_rule("/logout", "logout", lambda: "", methods=["POST"])
    app.add_url_rule("/about/", "about", lambda: "")
    return app


@pytest.fixture
def manager(app: Flask) -> Any:
    return Manager(app)


def test_the_default_commands_are_there(manager: Any) -> None:
    listed = invoke(manager, "-?").output.partition("Commands:")[2]

    assert [line.split()[0] for line in listed.strip().splitlines()] == [
        *("clean", "runserver", "shell", "urls")
    ]


def test_the_default_commands_can_be_left_out(app: Flask) -> None:
    manager = Manager(app, with_default_commands=False)

    assert invoke(manager, "shell").exit_code == 2


def test_the_default_commands_can_be_replaced(manager: Any) -> None:
    @manager.command
    def runserver(speed: str) -> None:
        print("running", speed)

    assert invoke(manager, "runserver fast").output == "running fast\n"


# runserver


@pytest.fixture
def served(monkeypatch: Any) -> dict[str, Any]:
    """What the development server was told to do."""
    told: dict[str, Any] = {}

    def run_simple(host: str, port: int, app: Any, **options: Any) -> None:
        told.update(options, host=host, port=port, app=app)

    monkeypatch.setattr(sys.modules["core.script.server"], "run_simple", run_simple)
    monkeypatch.setenv("FLASK_DEBUG", "0")
    return told


def test_runserver_has_the_defaults_of_the_development_server(
    manager: Any, served: dict[str, Any], app: Flask
) -> None:
    assert invoke(manager, "runserver").exit_code == 0

    assert served == {
        "host": "127.0.0.1",
        "port": 5000,
        "app": app,
        "use_debugger": False,
        "use_reloader": False,
        "threaded": True,
        "processes": 1,
        "passthrough_errors": False,
        "ssl_context": None,
    }


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("-h 0.0.0.0 -p 4321", {"host": "0.0.0.0", "port": 4321}),
        ("--host ::1 --port 80", {"host": "::1", "port": 80}),
        ("-d", {"use_debugger": True, "use_reloader": True}),
        ("--debug --no-reload", {"use_debugger": True, "use_reloader": False}),
        ("-D -r", {"use_debugger": False, "use_reloader": True}),
        ("-d -R", {"use_debugger": True, "use_reloader": False}),
        ("--no-threaded", {"threaded": False}),
        ("--processes 3", {"threaded": False, "processes": 3}),
        ("--passthrough-errors", {"passthrough_errors": True}),
        ("--ssl-crt a --ssl-key b", {"ssl_context": ("a", "b")}),
    ],
)
def test_runserver_takes_options(
    manager: Any, served: dict[str, Any], words: str, told: dict[str, Any]
) -> None:
    assert invoke(manager, f"runserver {words}").exit_code == 0

    assert {key: served[key] for key in told} == told


def test_the_defaults_of_runserver_can_be_others(manager: Any, served: dict[str, Any]) -> None:
    server = Server("0.0.0.0", 9000, use_debugger=True, threaded=False, extra_files=["a.toml"])
    manager.add_command("runserver", server)

    assert invoke(manager, "runserver -p 9001").exit_code == 0

    told = ("host", "port", "use_debugger", "use_reloader", "threaded", "extra_files")
    assert [served[key] for key in told] == ["0.0.0.0", 9001, True, True, False, ["a.toml"]]


def test_the_application_says_whether_debug_is_on(
    app: Flask, manager: Any, served: dict[str, Any]
) -> None:
    app.debug = True

    assert invoke(manager, "runserver").exit_code == 0
    assert served["use_debugger"] and served["use_reloader"]


def test_debug_is_on_for_who_says_none_and_a_warning_is_printed(
    app: Flask, manager: Any, served: dict[str, Any]
) -> None:
    app.config["DEBUG"] = None

    result = invoke(manager, "runserver")

    assert served["use_debugger"]
    assert "nobody else may reach this server" in result.stderr


@pytest.mark.parametrize(("words", "debug"), [("-d", True), ("-D", False)])
def test_the_application_is_made_with_debug_on_or_off(
    served: dict[str, Any], words: str, debug: bool
) -> None:
    made = []

    def create_app() -> Flask:
        made.append(Flask("shop").debug)
        return Flask("shop")

    assert invoke(Manager(create_app), f"runserver {words}").exit_code == 0
    assert made == [debug]
    assert served["app"].debug is debug


def test_half_a_certificate_is_refused(manager: Any, served: dict[str, Any]) -> None:
    assert invoke(manager, "runserver --ssl-crt a").exit_code == 2
    assert not served


def test_a_server_can_be_inherited_from(manager: Any, served: dict[str, Any], app: Flask) -> None:
    class Warm(Server):
        def __call__(self, app: Any = None, *args: Any, **kwargs: Any) -> None:
            app.config["WARM"] = True
            super().__call__(app, *args, **kwargs)

    manager.add_command("runserver", Warm(port=1))

    assert invoke(manager, "runserver").exit_code == 0
    assert served["app"].config["WARM"] and served["port"] == 1


def test_a_broken_application_ends_the_server(served: dict[str, Any]) -> None:
    def create_app() -> Flask:
        raise LookupError("not today")

    with pytest.raises(LookupError, match="not today"):
        invoke(Manager(create_app), "runserver")


def test_a_change_that_breaks_the_application_does_not_end_the_reloader(
    served: dict[str, Any], monkeypatch: Any
) -> None:
    def create_app() -> Flask:
        raise LookupError("not today")

    monkeypatch.setenv("WERKZEUG_RUN_MAIN", "true")

    assert "not today" in invoke(Manager(create_app), "runserver -d").stderr
    assert served["use_debugger"]
    with pytest.raises(LookupError, match="not today"):
        served["app"]({}, None)


# shell


def test_the_shell_has_the_application_at_hand(app: Flask, manager: Any) -> None:
    app.shell_context_processor(lambda: {"answer": 42})

    typed = "from flask import current_app\nprint(current_app.name, app.name, answer)\n"
    assert "shop shop 42" in invoke(manager, "shell", typed).output


def test_the_shell_has_no_request_but_those_that_are_pushed(manager: Any) -> None:
    typed = "ctx = app.test_request_context('/here')\nctx.push()\nfrom flask import request\n"
    typed += "print(request.path)\nctx.pop()\nprint(repr(request))\n"

    assert re.search(r"/here\n.*<LocalProxy unbound>", invoke(manager, "shell", typed).output)


@pytest.mark.parametrize("by", ["constructor", "decorator", "decorator with app"])
def test_further_names_can_be_at_hand(manager: Any, by: str) -> None:
    def names(*_: Any) -> dict[str, str]:
        return {"db": "the database"}

    if by == "constructor":
        manager.add_command("shell", Shell(make_context=lambda: names()))
    elif by == "decorator":
        manager.shell(lambda: names())
    else:
        manager.shell(lambda app: {"db": app.name and "the database"})

    assert (
        "the database of shop" in invoke(manager, "shell", "print(f'{db} of {app.name}')\n").output
    )


def test_the_names_can_be_overridden(manager: Any) -> None:
    class Bare(Shell):
        banner = "Good morning."

        def get_context(self) -> dict[str, Any]:
            return {"only": "this"}

    manager.add_command("shell", Bare())

    output = invoke(manager, "shell", "print(only, 'app' in globals())\n").output
    assert output.startswith("Good morning.\n")
    assert "this False" in output


def test_the_banner_tells_of_python_and_the_application(manager: Any) -> None:
    output = invoke(manager, "shell", "").output

    assert output.startswith(f"Python {sys.version.splitlines()[0]}")
    assert "\nApp: shop\nInstance: " in output


def test_the_shell_reads_pythonstartup(manager: Any, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "startup.py").write_text("import json\nhabit = 'mine'\n")
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "startup.py"))

    assert "mine {}" in invoke(manager, "shell", "print(habit, json.dumps({}))\n").output


# urls


@pytest.mark.parametrize("name", ["urls", "show-urls"])
def test_the_routes_are_shown(manager: Any, name: str) -> None:
    lines = invoke(manager, name).output.splitlines()

    assert lines[0].split() == ["Rule", "Endpoint", "Methods"]
    assert set(lines[1]) == {"-"}
    assert [line.split()[0] for line in lines[2:]] == [
        *("/", "/about/", "/logout", "/static/<path:filename>", "/users/<int:pk>")
    ]
    assert lines[4].split() == ["/logout", "logout", "POST"]


def test_the_routes_are_sorted(manager: Any) -> None:
    manager.add_command("by-endpoint", ShowUrls(order="endpoint"))

    by_option = invoke(manager, "urls --order endpoint").output
    endpoints = [line.split()[1] for line in by_option.splitlines()[2:]]
    assert endpoints == sorted(endpoints)
    assert invoke(manager, "by-endpoint").output == by_option
    assert invoke(manager, "urls --order nothing").exit_code == 2


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("/users/7", "/users/<int:pk>  user      {'pk': 7}"),
        ("/logout", "/logout  logout    {}"),
        ("/nothing", "<404 Not Found>"),
        ("/about", "<308 to http://localhost/about/>"),
    ],
)
def test_where_a_url_leads_is_shown(manager: Any, url: str, shown: str) -> None:
    assert invoke(manager, f"urls {url}").output.splitlines()[2] == shown


# clean


def test_compiled_files_are_removed(manager: Any, folder: Any, monkeypatch: Any) -> None:
    root = folder(dict.fromkeys(["a.py", "a.pyc", "b/__pycache__/b.pyo", "b/b.txt"], ""))
    folder(dict.fromkeys([".venv/c.pyc", "d/__pycache__/kept"], ""))
    monkeypatch.chdir(root)

    assert sorted(invoke(manager, "clean").output.splitlines()) == [
        *("Removing a.pyc", f"Removing {Path('b/__pycache__/b.pyo')}")
    ]
    left = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert left == {"a.py", "b/b.txt", ".venv/c.pyc", "d/__pycache__/kept"}
    assert not (root / "b/__pycache__").exists()


# Questions


def asked(app: Flask, question: Any, typed: str) -> tuple[list[str], Any]:
    """Ask in a command; return what the terminal shows, line by line, and the answer."""
    answers = []
    manager = Manager(app)
    command = Command()
    command.run = lambda: answers.append(question())
    manager.add_command("ask", command)
    return invoke(manager, "ask", typed).output.splitlines(), answers[0]


@pytest.mark.parametrize(
    ("words", "typed", "shown", "answer"),
    [
        ({"name": "hello"}, "john\n", ["hello: john"], "john"),
        ({"name": "hello"}, "\n\njohn\n", ["hello: ", "hello: ", "hello: john"], "john"),
        ({"name": "hello", "default": "romeo"}, "\n", ["hello [romeo]: "], "romeo"),
        ({"name": "hello", "default": "romeo"}, "juliet\n", ["hello [romeo]: juliet"], "juliet"),
        ({"name": "hello", "default": ""}, "\n", ["hello: "], ""),
        ({"name": "sure?"}, "yes\n", ["sure? yes"], "yes"),
        ({"name": "sure?", "default": "no"}, "\n", ["sure? [no] "], "no"),
        ({"name": "how many", "default": 5}, "\n", ["how many [5]: "], 5),
        ({"name": "how many", "default": 5}, "6\n", ["how many [5]: 6"], "6"),
    ],
)
def test_a_text_is_asked_for(
    app: Flask, words: dict[str, Any], typed: str, shown: list[str], answer: object
) -> None:
    assert asked(app, lambda: prompt(**words), typed) == (shown, answer)


def test_a_password_is_not_shown(app: Flask) -> None:
    assert asked(app, lambda: prompt_pass("Password"), "secret\n") == (
        ["Password: "],
        "secret",
    )


@pytest.mark.parametrize(
    ("words", "typed", "shown", "answer"),
    [
        ({}, "\n", ["correct [n]: "], False),
        ({"default": True}, "\n", ["correct [y]: "], True),
        ({}, "TRUE\n", ["correct [n]: TRUE"], True),
        ({"default": True}, "Off\n", ["correct [y]: Off"], False),
        ({}, "maybe\n1\n", ["correct [n]: maybe", "correct [n]: 1"], True),
        ({"yes_choices": ["oui"], "no_choices": ["non"]}, "oui\n", ["correct [non]: oui"], True),
    ],
)
def test_it_is_asked_whether(
    app: Flask, words: dict[str, Any], typed: str, shown: list[str], answer: bool
) -> None:
    assert asked(app, lambda: prompt_bool("correct", **words), typed) == (
        shown,
        answer,
    )


@given(st.sampled_from(["y", "yes", "1", "on", "true", "t", "n", "no", "0", "off", "false", "f"]))
def test_each_known_word_is_an_answer(word: str) -> None:
    _, answer = asked(Flask("shop"), lambda: prompt_bool("so"), f"{word.title()}\n")

    assert answer is (word in ("y", "yes", "1", "on", "true", "t"))


CHOICES = ["peter", "Charlie", ("s", "sam")]


@pytest.mark.parametrize(
    ("words", "typed", "shown", "answer"),
    [
        ({}, "peter\n", "(peter, Charlie, sam [s]): peter", "peter"),
        ({}, "charlie\n", "(peter, Charlie, sam [s]): charlie", "Charlie"),
        ({}, "S\n", "(peter, Charlie, sam [s]): S", "s"),
        ({"default": "John"}, "\n", "(peter, Charlie, sam [s]) [John]: ", "John"),
        ({}, "none\n", "(peter, Charlie, sam [s]): none", None),
        ({"no_choice": ["nobody"]}, "nobody\n", "(peter, Charlie, sam [s]): nobody", None),
        ({}, "sam\npeter\n", "(peter, Charlie, sam [s]): sam", "peter"),
    ],
)
def test_one_of_several_is_asked_for(
    app: Flask, words: dict[str, Any], typed: str, shown: str, answer: object
) -> None:
    lines, got = asked(app, lambda: prompt_choices("who", CHOICES, **words), typed)

    assert lines[0] == f"who - {shown}"
    assert got == answer


def test_the_end_of_the_input_ends_the_command(manager: Any) -> None:
    @manager.command
    def hello() -> None:
        print("hello", prompt("name"))

    result = invoke(manager, "hello", "")

    assert result.exit_code == 1
    assert result.stderr.endswith("Aborted!\n")
