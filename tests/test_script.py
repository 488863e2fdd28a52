"""What Flask-Script's documentation shows, with the core's commands in its place."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

import click
import pytest
import script
from core.script import Command, Group, InvalidCommand, Manager, Option
from flask import Flask, current_app, has_request_context, request, url_for
from flask.cli import with_appcontext
from hypothesis import given
from hypothesis import strategies as st
from script import invoke


@pytest.fixture
def app() -> Flask:
    app = Flask("shop")

    @app.get("/hello/<name>")
    def hello(name: str) -> str:
        return f"Hello {name}!"

    return app


@pytest.fixture
def manager(app: Flask) -> Any:
    return Manager(app)


class Hello(Command):
    """prints hello world"""

    def run(self) -> None:
        print("hello world")


# Creating and running commands


@pytest.mark.parametrize("hello", [Hello, Hello()], ids=["the class", "an object"])
def test_a_class_is_a_command(manager: Any, hello: Any) -> None:
    manager.add_command("hello", hello)

    assert invoke(manager, "hello").output == "hello world\n"


def test_a_command_is_named_after_its_class(manager: Any) -> None:
    class ImportUsersCommand(Command):
        def run(self) -> None:
            print("imported")

    manager.add_command(ImportUsersCommand())

    assert invoke(manager, "importusers").output == "imported\n"


def test_a_command_may_bring_its_name(manager: Any) -> None:
    class Named(Hello):
        name = "greet"

    manager.add_command(Named)

    assert invoke(manager, "greet").output == "hello world\n"


def test_commands_can_be_given_to_run(manager: Any, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.setattr(sys, "argv", ["manage.py", "hello"])

    with pytest.raises(SystemExit) as ended:
        manager.run({"hello": Hello()})

    assert capsys.readouterr().out == "hello world\n"
    assert not ended.value.code


def test_a_default_command_runs_when_nothing_is_asked_for(
    manager: Any, monkeypatch: Any, capsys: Any
) -> None:
    manager.add_command("hello", Hello())
    monkeypatch.setattr(sys, "argv", ["manage.py"])

    with pytest.raises(SystemExit):
        manager.run(default_command="hello")

    assert capsys.readouterr().out == "hello world\n"


def test_a_function_is_a_command_and_stays_a_function(manager: Any) -> None:
    @manager.command
    def hello() -> str:
        """Just say hello"""
        print("hello")
        return ""

    assert invoke(manager, "hello").output == "hello\n"
    assert hello() == ""


def test_a_method_is_a_command(manager: Any) -> None:
    class Greeter:
        def hello(self, name: str) -> None:
            print("hello", name)

    manager.command(Greeter().hello)

    assert invoke(manager, "hello Joe").output == "hello Joe\n"


@pytest.mark.parametrize("line", ["", "-?", "--help"])
def test_commands_are_listed_with_their_docstrings(manager: Any, line: str) -> None:
    manager.add_command("hello", Hello())

    result = invoke(manager, line)

    assert "hello      prints hello world" in result.stdout
    assert result.exit_code == (0 if line else 2)


@pytest.mark.parametrize("line", ["hello -?", "hello --help"])
def test_help_shows_the_docstring(manager: Any, line: str) -> None:
    manager.add_command("hello", Hello())

    result = invoke(manager, line)

    assert result.stdout.startswith("Usage: manage.py hello [-?]\n\n  prints hello world\n")
    assert result.exit_code == 0


def test_h_can_be_made_help_again(manager: Any) -> None:
    manager.help_args = ("-h", "-?", "--help")
    manager.add_command("hello", Hello())

    assert "hello world" in invoke(manager, "-h").stdout
    assert "hello world" in invoke(manager, "hello -h").stdout


def test_a_command_can_have_other_names_for_help(manager: Any) -> None:
    def talker(host: str = "localhost") -> None:
        print("talking to", host)

    connect = Command(talker)
    connect.help_args = ("-?", "--help")
    manager.help_args = ("-h", "-?", "--help")
    manager.add_command("connect", connect)

    assert invoke(manager, "connect -h fubar.example.com").output == (
        "talking to fubar.example.com\n"
    )
    assert "--host HOST" in invoke(manager, "connect -?").output
    assert "connect" in invoke(manager, "-h").output


def test_a_name_that_is_in_use_is_no_help(manager: Any) -> None:
    manager.help_args = ("-h", "--help")

    @manager.command
    def connect(host: str = "localhost") -> None:
        print("talking to", host)

    assert invoke(manager, "connect -h here").output == "talking to here\n"
    assert "--help" in invoke(manager, "connect --help").output


def test_a_command_may_say_usage_help_and_description(manager: Any) -> None:
    class Described(Hello):
        usage = "%(prog)s, nothing else"
        help = "short"
        description = "Everything about it."

    manager.add_command("described", Described())

    assert "described  short\n" in invoke(manager, "-?").output
    assert invoke(manager, "described -?").output.startswith(
        "Usage: manage.py described, nothing else\n\n  Everything about it.\n"
    )


# Adding arguments to commands


class Greet(Command):
    option_list = (Option("--name", "-n", dest="name"),)

    def run(self, name: str) -> None:
        print("hello", name)


@pytest.mark.parametrize("line", ["hello --name=Joe", "hello --name Joe", "hello -n Joe"])
def test_options_are_listed(manager: Any, line: str) -> None:
    manager.add_command("hello", Greet())

    assert invoke(manager, line).output == "hello Joe\n"


def test_options_can_be_made_for_an_object(manager: Any) -> None:
    class Late(Command):
        def __init__(self, default_name: str = "Joe") -> None:
            self.default_name = default_name

        def get_options(self) -> list[Any]:
            return [Option("-n", "--name", dest="name", default=self.default_name)]

        def run(self, name: str) -> None:
            print("hello", name)

    manager.add_command("hello", Late())
    manager.add_command("hi", Late("Ada"))

    assert invoke(manager, "hello").output == "hello Joe\n"
    assert invoke(manager, "hi").output == "hello Ada\n"


def test_options_can_be_added_to_a_command(manager: Any) -> None:
    command = Greet()
    command.add_option(Option("--loud", action="store_true"))
    command.run = lambda name, loud: print(name.upper() if loud else name)
    manager.add_command("hello", command)

    assert invoke(manager, "hello -n Joe --loud").output == "JOE\n"
    assert invoke(manager, "hello --help").output.count("--loud") == 2
    assert len(Greet.option_list) == 1


def test_a_parameter_is_an_argument(manager: Any) -> None:
    @manager.command
    def hello(name: str) -> None:
        print("hello", name)

    assert invoke(manager, "hello Joe").output == "hello Joe\n"
    missing = invoke(manager, "hello")
    assert missing.exit_code == 2
    assert "arguments are required: name" in missing.stderr


@pytest.mark.parametrize(
    ("line", "greeted"), [("hello", "Fred"), ("hello --name=Joe", "Joe"), ("hello -n Joe", "Joe")]
)
def test_a_parameter_with_a_default_is_an_option(manager: Any, line: str, greeted: str) -> None:
    @manager.command
    def hello(name: str = "Fred") -> None:
        print("hello", name)

    assert invoke(manager, line).output == f"hello {greeted}\n"


@pytest.mark.parametrize(
    ("line", "said"), [("verify", "NO"), ("verify -v", "YES"), ("verify --verified", "YES")]
)
def test_a_bool_is_a_switch(manager: Any, line: str, said: str) -> None:
    @manager.command
    def verify(verified: bool = False) -> None:
        """Checks if verified"""
        print("VERIFIED?", "YES" if verified else "NO")

    assert invoke(manager, line).output == f"VERIFIED? {said}\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [("go", True), ("go -s", True), ("go --safely", True), ("go --no-safely", False)],
)
def test_what_is_true_by_default_can_be_switched_off(manager: Any, line: str, said: bool) -> None:
    @manager.command
    def go(safely: bool = True) -> None:
        print(safely)

    assert invoke(manager, line).output == f"{said}\n"


def test_a_letter_goes_to_the_first_who_wants_it(manager: Any) -> None:
    @manager.command
    def hello(name: str = "", number: int = 1) -> None:
        print(name, number)

    assert invoke(manager, "hello -n Joe --number 2").output == "Joe 2\n"


@pytest.mark.parametrize(
    "line",
    ["list-users --only-active", "list_users --only_active", "list-users --on", "list_users -o"],
)
def test_hyphens_and_underscores_are_the_same(manager: Any, line: str) -> None:
    @manager.command
    def list_users(only_active: bool = False) -> None:
        print(only_active)

    assert invoke(manager, line).output == "True\n"


def test_numbers_are_told_from_defaults_and_annotations(manager: Any) -> None:
    @manager.command
    def add(count: int, price: "float", times: int = 1, note: str | None = None) -> None:
        print(repr((count, price, times, note)))

    assert invoke(manager, "add 2 3 -t 4 --note 5").output == "(2, 3.0, 4, '5')\n"
    wrong = invoke(manager, "add x 3")
    assert wrong.exit_code == 2
    assert "argument count: invalid int value: 'x'" in wrong.stderr


def test_what_collects_arguments_takes_none_from_the_command_line(manager: Any) -> None:
    @manager.command
    def hello(name: str, *others: str, **more: str) -> None:
        print(name, others, more)

    assert invoke(manager, "hello Joe").output == "Joe () {}\n"
    assert invoke(manager, "hello Joe Ada").exit_code == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("hello", "hello joe"),
        ("hello -n Joe -u reddit.com", "hello Joe from reddit.com"),
        ("hello --name=Joe --url=reddit.com", "hello Joe from reddit.com"),
    ],
)
def test_options_are_told_by_decorators(manager: Any, line: str, said: str) -> None:
    @manager.option("-n", "--name", dest="name", default="joe")
    @manager.option("-u", "--url", dest="url", default=None)
    def hello(name: str, url: str | None) -> None:
        """Greet somebody"""
        print("hello", name, *(("from", url) if url else ()))

    assert invoke(manager, line).output == f"{said}\n"
    assert "Greet somebody" in invoke(manager, "hello -?").output


def test_the_words_that_are_left_can_be_captured(manager: Any) -> None:
    class Catch(Command):
        capture_all_args = True
        option_list = (Option("--foo", action="store_true"),)

        def run(self, left: list[str], foo: bool) -> None:
            print(left, foo)

    manager.add_command("catch", Catch())

    assert (
        invoke(manager, "catch pos1 --foo pos2 --bar").output == "['pos1', 'pos2', '--bar'] True\n"
    )


@pytest.mark.parametrize(
    ("option", "words", "value"),
    [
        (Option("x", nargs="?", default="d"), "", "d"),
        (Option("x", nargs="*"), "a b", ["a", "b"]),
        (Option("x", nargs="+", type=int), "1 2", [1, 2]),
        (Option("-x", nargs=2), "-x 1 2", ["1", "2"]),
        (Option("-x", nargs="?", const="c"), "-x", "c"),
        (Option("-x", action="store_const", const=7), "-x", 7),
        (Option("-x", action="store_false"), "-x", False),
        (Option("-x", action="append"), "-x 1 -x 2", ["1", "2"]),
        (Option("-x", action="append_const", const=3), "-x -x", [3, 3]),
        (Option("-x", action="extend", nargs="+"), "-x 1 2 -x 3", ["1", "2", "3"]),
        (Option("-x", action="count", default=0), "-xxx", 3),
        (Option("-x", action=argparse.BooleanOptionalAction, dest="x"), "-x", True),
        (Option("-x", type=int, choices=[1, 2]), "-x 2", 2),
        (Option("--other", dest="x"), "--oth 5", "5"),
    ],
    ids=lambda value: (
        " ".join(map(str, value.kwargs.values())) if isinstance(value, Option) else None
    ),
)
def test_options_have_the_types_and_actions_of_argparse(
    manager: Any, option: Any, words: str, value: object
) -> None:
    class Show(Command):
        option_list = (option,)

        def run(self, x: object) -> None:
            print(repr(x))

    manager.add_command("show", Show())

    assert invoke(manager, f"show {words}").output == f"{value!r}\n"
    assert invoke(manager, "show --help").exit_code == 0


@pytest.mark.parametrize("words", ["-x 3", "-x", "--nothing", "left"])
def test_what_argparse_refuses_is_wrong_usage(manager: Any, words: str) -> None:
    manager.add_command("show", Command(lambda: None))
    show = manager.commands["show"].wrapped
    show.add_option(Option("-x", type=int, choices=[1, 2]))

    result = invoke(manager, f"show {words}")

    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: manage.py show [-x {1,2}] [-?]\nTry ")
    assert "\n\nError: " in result.stderr


NAMES = st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=4, unique=True)
WORDS = st.lists(
    st.one_of(
        st.sampled_from(["-a", "--a", "-b", "--b", "-c", "--c=1", "-d2", "--", "-1", "-ab"]),
        st.from_regex(r"[a-z0-9]{1,3}", fullmatch=True),
    ),
    max_size=6,
)
KINDS: list[dict[str, Any]] = [
    {},
    {"type": int},
    {"nargs": "?"},
    {"nargs": "*"},
    {"nargs": "+"},
    {"nargs": 2},
    {"action": "store_true"},
    {"action": "append"},
    {"action": "count"},
    {"required": True},
    {"default": "d"},
]


@given(NAMES, st.data(), WORDS)
def test_a_command_reads_what_argparse_reads(names: list[str], data: Any, words: list[str]) -> None:
    options = []
    for name in names:
        kind = data.draw(st.sampled_from(KINDS))
        positional = not {"action", "required"} & kind.keys() and data.draw(st.booleans())
        options.append(Option(*([name] if positional else [f"-{name}", f"--{name}"]), **kind))
    plain = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    for option in options:
        plain.add_argument(*option.args, **option.kwargs)
    seen: list[dict[str, Any]] = []
    manager = Manager(Flask("shop"))
    command = Command(lambda **values: seen.append(values))
    command.option_list = options
    manager.add_command("show", command)
    try:
        expected = [vars(plain.parse_args(words))]
    except (argparse.ArgumentError, SystemExit):
        expected = []

    result = script.run(manager, ["show", *words])

    assert seen == expected
    assert result.exit_code == (0 if expected else 2)


# Groups


@pytest.fixture
def grouped(manager: Any) -> Any:
    class Show(Command):
        option_list = (
            Group(
                Option("-a", type=int), Option("-b"), title="Letters", description="Two of them."
            ),
            Group(Option("-c"), Option("-d"), exclusive=True, required=True),
        )

        def run(self, a: int, b: str, c: str, d: str) -> None:
            print(a, b, c, d)

    manager.add_command("show", Show())
    return manager


def test_a_group_has_a_heading_of_its_own(grouped: Any) -> None:
    assert invoke(grouped, "show -a 1 -c 2").output == "1 None 2 None\n"
    assert "Letters:\n  Two of them.\n\n  -a A\n  -b B\n" in invoke(grouped, "show -?").output


@pytest.mark.parametrize(
    ("line", "error"),
    [("show -c 1 -d 2", "not allowed with"), ("show", "one of the arguments -c -d is required")],
)
def test_options_of_a_group_exclude_each_other(grouped: Any, line: str, error: str) -> None:
    result = invoke(grouped, line)

    assert result.exit_code == 2
    assert error in result.stderr


@pytest.mark.parametrize("wrong", [{"exclusive": True}, {"required": True}])
def test_an_exclusive_group_has_no_heading(wrong: dict[str, bool]) -> None:
    with pytest.raises(TypeError):
        Group(Option("-a"), title="Letters", **wrong)


# Adding options to the manager


@pytest.fixture
def made() -> Any:
    def create_app(config: str | None = None) -> Flask:
        app = Flask("shop")
        app.config["USE_UPPERCASE"] = config == "dev.cfg"
        return app

    manager = Manager(create_app)
    manager.add_option("-c", "--config", dest="config", required=False)

    @manager.option("-n", "--name", dest="name", default="joe")
    @manager.option("-c", "--clue", dest="clue", default="clue")
    def hello(name: str, clue: str) -> None:
        text = f"hello {name}, get a {clue}!"
        print(text.upper() if manager.app.config["USE_UPPERCASE"] else text)

    return manager


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("hello", "hello joe, get a clue!"),
        ("-c dev.cfg hello -c cookie -n frank", "HELLO FRANK, GET A COOKIE!"),
        ("--config=dev.cfg hello", "HELLO JOE, GET A CLUE!"),
    ],
)
def test_options_of_the_manager_make_the_application(made: Any, line: str, said: str) -> None:
    assert invoke(made, line).output == f"{said}\n"


def test_an_option_of_the_manager_is_none_of_the_command(made: Any) -> None:
    @made.command
    def simple() -> None:
        print("done")

    result = invoke(made, "simple -c dev.cfg")

    assert result.exit_code == 2
    assert "done" not in result.output


def test_options_of_the_manager_are_in_its_help(made: Any) -> None:
    assert "  -c, --config CONFIG\n" in invoke(made, "-?").output


def test_each_command_line_has_an_application_of_its_own(made: Any) -> None:
    assert invoke(made, "-c dev.cfg hello").output.isupper()
    assert not invoke(made, "hello").output.isupper()


def test_options_do_nothing_for_an_application_that_is_made(manager: Any) -> None:
    manager.add_option("-c", "--config")
    manager.add_command("hello", Hello())

    with pytest.warns(UserWarning, match="Options will be ignored"):
        assert invoke(manager, "-c dev.cfg hello").output == "hello world\n"


def test_a_required_option_is_asked_for_but_not_with_help(made: Any) -> None:
    made.add_option("--site", required=True)

    assert "--site" in invoke(made, "hello").stderr
    assert invoke(made, "--help").exit_code == 0


def test_an_option_of_the_owner_replaces_one_of_flasks(monkeypatch: Any) -> None:
    monkeypatch.delenv("FLASK_DEBUG", raising=False)
    manager = Manager(lambda **options: Flask("shop"))
    manager.add_option("-e", "--env")
    manager.add_command("hello", Hello())

    assert invoke(manager, "-e production hello").output == "hello world\n"
    assert "--env-file" not in invoke(manager, "-?").output


def test_a_manager_without_application_says_so() -> None:
    manager = Manager()
    manager.add_command("hello", Hello())

    result = invoke(manager, "hello")

    assert result.exit_code == 2
    assert "This manager has no application." in result.stderr


# Exit codes and errors


@pytest.mark.parametrize(
    ("returned", "code"), [(None, 0), (0, 0), (3, 3), (False, 0), (True, 1), ("", 0), ("text", 1)]
)
def test_what_a_command_returns_is_the_exit_code(
    manager: Any, monkeypatch: Any, returned: object, code: int
) -> None:
    manager.command(_returning(returned))

    assert invoke(manager, "give").exit_code == code
    assert manager.handle("manage.py", ["give"]) == returned


def _returning(value: object) -> Callable[[], object]:
    def give() -> object:
        return value

    return give


def test_handle_ends_the_program_for_wrong_usage(manager: Any, capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        manager.handle("bin/manage.py", ["nothing"])

    assert ended.value.code == 2
    assert "Usage: manage.py" in capsys.readouterr().err


def test_an_error_of_a_command_is_raised(manager: Any) -> None:
    @manager.command
    def fail() -> None:
        raise IndexError("here")

    with pytest.raises(IndexError, match="here"):
        invoke(manager, "fail")


def test_an_invalid_command_can_be_caught(manager: Any, monkeypatch: Any) -> None:
    @manager.command
    def fail() -> None:
        raise InvalidCommand("Options foo and bar are incompatible")

    monkeypatch.setattr(sys, "argv", ["manage.py", "fail"])

    with pytest.raises(InvalidCommand, match="foo and bar"):
        manager.run()


def test_an_invalid_command_that_nobody_catches_is_one_line() -> None:
    done = script.python("from script import InvalidCommand as I; raise I('foo and bar')")

    assert done.returncode == 1
    assert done.stderr == "foo and bar\n"


# Accessing local proxies


def test_commands_run_in_a_test_request(manager: Any) -> None:
    @manager.command
    def where() -> None:
        print(current_app.name, request.path, url_for("hello", name="Ada"))

    assert invoke(manager, "where").output == "shop / /hello/Ada\n"


def test_a_command_can_decide_how_it_is_called(manager: Any) -> None:
    class Outside(Command):
        def __call__(self, app: Any = None, *args: Any, **kwargs: Any) -> None:
            print(app.name, has_request_context())

    manager.add_command("outside", Outside())

    assert invoke(manager, "outside").output == "shop False\n"


# Beside click


def test_commands_of_the_application_stand_beside(app: Flask, manager: Any) -> None:
    @app.cli.command("seed")
    @click.option("--count", default=1)
    def seed(count: int) -> None:
        """Fill the database."""
        print(current_app.name, count)

    assert invoke(manager, "seed --count 2").output == "shop 2\n"
    assert "Fill the database." in invoke(manager, "-?").output
    assert "Fill the database." in invoke(manager, "seed -?").output


def test_a_group_of_the_application_stands_beside(app: Flask, manager: Any) -> None:
    db = click.Group("db", commands={"init": click.Command("init", callback=lambda: print("made"))})
    app.cli.add_command(db)

    assert invoke(manager, "db init").output == "made\n"


def test_commands_of_click_can_be_added_in_either_order(manager: Any) -> None:
    @click.command("ping")
    @with_appcontext
    def ping() -> None:
        print("pong", current_app.name)

    manager.add_command(ping)
    manager.add_command("first", ping)
    manager.add_command(ping, "second")

    for name in ("ping", "first", "second"):
        assert invoke(manager, name).output == "pong shop\n"


def test_the_decorator_with_a_name_is_clicks(manager: Any) -> None:
    @manager.command("work")
    @click.argument("queue")
    def work(queue: str) -> None:
        print(current_app.name, queue, has_request_context())

    assert invoke(manager, "work mail").output == "shop mail False\n"


def test_a_test_runner_brings_its_own_application(app: Flask) -> None:
    manager = Manager(lambda: pytest.fail("another application is made"))

    @manager.command
    def where() -> None:
        print(current_app.name)

    assert app.test_cli_runner().invoke(manager, ["where"]).output == "shop\n"


def test_the_current_application_is_taken(app: Flask) -> None:
    manager = Manager(lambda: pytest.fail("another application is made"))

    @manager.command
    def where() -> None:
        print(current_app.name)

    with app.app_context():
        assert invoke(manager, "where").output == "shop\n"
        assert Flask("other").test_cli_runner().invoke(manager, ["where"]).output == "shop\n"


def test_words_are_completed(app: Flask, manager: Any) -> None:
    manager.add_command("hello", Greet())
    complete = click.shell_completion.ShellComplete(manager, {}, "manage.py", "_C")

    assert [item.value for item in complete.get_completions([], "he")] == ["hello"]
    assert [item.value for item in complete.get_completions(["hello"], "--n")] == ["--name"]


# Sub-managers


def test_a_manager_is_a_command_of_another(manager: Any) -> None:
    database = Manager(usage="Perform database operations")

    @database.command
    def drop() -> None:
        """Drops database tables"""
        print("dropped in", current_app.name)

    manager.add_command("database", database)

    assert invoke(manager, "database drop").output == "dropped in shop\n"
    assert "database   Perform database operations" in invoke(manager, "-?").output
    alone = invoke(manager, "database")
    assert alone.exit_code == 2
    assert "Drops database tables" in alone.output
    assert database.parent is manager


def test_a_namespace_may_be_a_group_of_click(manager: Any) -> None:
    manager.add_command(click.Group("users"))
    manager.add_command("hello", Hello(), namespace="users")

    assert invoke(manager, "users hello").output == "hello world\n"


def test_an_own_command_is_found_without_the_application() -> None:
    def create_app() -> Flask:
        raise LookupError("not today")

    manager = Manager(create_app)

    @manager.command
    def list_users() -> None:
        """List them."""

    assert "List them." in invoke(manager, "list_users --help").output


def test_managers_are_cascaded(manager: Any) -> None:
    inner, outer = Manager(), Manager()
    inner.add_command("hello", Hello())
    outer.add_command("inner", inner)
    manager.add_command("outer", outer)

    assert invoke(manager, "outer inner hello").output == "hello world\n"


def test_a_sub_manager_has_nothing_but_its_commands(app: Flask, manager: Any) -> None:
    app.cli.command("seed")(lambda: None)
    sub = Manager()
    sub.add_command("hello", Hello())
    manager.add_command("sub", sub)

    listed = invoke(manager, "sub").output

    assert "hello" in listed
    assert not {"seed", "runserver", "shell", "urls"} & set(listed.split())
    assert invoke(manager, "sub seed").exit_code == 2


def test_a_sub_manager_can_have_default_commands(manager: Any) -> None:
    manager.add_command("sub", Manager(with_default_commands=True))

    assert "runserver" in invoke(manager, "sub").output


def test_a_sub_manager_gets_its_options_and_the_application(manager: Any) -> None:
    def options(app: Flask, **values: object) -> None:
        print(app.name, values)

    sub = Manager(options)
    sub.add_option("-n", "--name")
    sub.add_command("hello", Hello())
    manager.add_command("sub", sub)

    assert invoke(manager, "sub -n Joe hello").output == "shop {'name': 'Joe'}\nhello world\n"


def test_a_sub_manager_can_replace_the_application(manager: Any) -> None:
    def create_admin(app: Flask, **options: object) -> Flask:
        return Flask(f"{app.name}_admin")

    admin = Manager(create_admin)

    @admin.command
    def where() -> None:
        print(current_app.name)

    manager.command(where)
    manager.add_command("admin", admin)

    assert invoke(manager, "admin where").output == "shop_admin\n"
    assert invoke(manager, "where").output == "shop\n"


def test_a_sub_manager_with_the_same_factory_makes_no_second_application(app: Flask) -> None:
    made = []

    def create_app() -> Flask:
        made.append(app)
        return app

    manager, sub = Manager(create_app), Manager(create_app)
    sub.add_command("hello", Hello())
    manager.add_command("sub", sub)

    assert invoke(manager, "sub hello").output == "hello world\n"
    assert made == [app]


def test_a_manager_can_override_how_the_application_is_made(app: Flask) -> None:
    class MyManager(Manager):
        def __call__(self, app: Any = None, **options: Any) -> Any:
            app = super().__call__(app)
            app.config["SITE"] = options["site"]
            return app

    manager = MyManager(app)
    manager.add_option("--site")

    @manager.command
    def where() -> None:
        print(current_app.config["SITE"])

    assert invoke(manager, "--site here where").output == "here\n"


def test_a_sub_manager_has_usage_help_and_description(manager: Any) -> None:
    sub = Manager(usage="sub [--foo]", help="shorter", description="much longer")
    sub.add_command("hello", Hello())
    manager.add_command("sub", sub)

    assert "sub        shorter\n" in invoke(manager, "-?").output
    told = invoke(manager, "sub -?").output
    assert told.startswith("Usage: sub [--foo]\n\n  much longer\n")
    assert invoke(manager, "sub hello -?").output.startswith("Usage: sub [--foo] hello [-?]\n")


@pytest.mark.parametrize("by", ["keyword", "attribute"])
def test_commands_stand_in_a_namespace(manager: Any, by: str) -> None:
    class Here(Hello):
        namespace = "users"

    if by == "keyword":
        manager.add_command("one", Hello(), namespace="users")
    else:
        manager.add_command("one", Here())
    manager.add_command("two", Hello(), namespace="users")

    assert invoke(manager, "users one").output == "hello world\n"
    assert invoke(manager, "users two").output == "hello world\n"
    assert isinstance(manager.commands["users"], Manager)
    assert invoke(manager, "one").exit_code == 2
