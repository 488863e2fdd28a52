"""Merging by key: what the owner wrote stays as it is written, and what is new stands where it belongs."""

import subprocess
import sys

import pytest

from scaffold_cli.keyed import Contradiction, merge

CONTRADICTION = "both sides have changed one thing"

PINS = """\
# What the application runs on.
# How to add a package.
click==8.1.7 \\
    --hash=sha256:c1 \\
    --hash=sha256:c2
flask==3.1.0 \\
    --hash=sha256:f1
redis==5.0.0 ; python_version < '3.12' \\
    --hash=sha256:r1
"""
MAIL = "flask-mail==0.10.0 \\\n    --hash=sha256:m1\n"
WITH_MAIL = PINS.replace("redis", MAIL + "redis")

TOML = """\
[project]
name = "shop"
dependencies = [
    "Flask",
    "redis",
]

[tool.ruff]
select = [
    "B",  # bugs
    "E",
]

[[tool.mypy.overrides]]
module = ["one.*"]
untyped = true

[tool.mypy]
strict = true

[[tool.mypy.overrides]]
module = ["two.*"]
"""

YAML = """\
# docker compose up

x-app: &app
  build: .
  environment:
    PORT: "8000"
  cap_drop: [ALL]

services:
  web:
    <<: *app
    ports:
      - "127.0.0.1:8000:8000"

  redis:
    image: redis:8

volumes:
  instance:
"""

JSON = """\
{
  "name": "shop",
  "env": {
    "PORT": {
      "value": "1"
    }
  },
  "addons": [
    "postgresql"
  ]
}
"""
FILES = {"requirements.txt": PINS, "pyproject.toml": TOML, "compose.yaml": YAML, "app.json": JSON}


def merged(path: str, base: str, ours: str, theirs: str) -> str | None:
    try:
        content = merge(path, *(text.encode() for text in (base, ours, theirs)))
    except Contradiction:
        return CONTRADICTION
    return None if content is None else content.decode()


def pins(ours: str, theirs: str, base: str = PINS) -> str | None:
    return merged("requirements.txt", base, ours, theirs)


def toml(ours: str, theirs: str, base: str = TOML) -> str | None:
    return merged("pyproject.toml", base, ours, theirs)


def yaml(ours: str, theirs: str, base: str = YAML) -> str | None:
    return merged("compose.yaml", base, ours, theirs)


def json(ours: str, theirs: str, base: str = JSON) -> str | None:
    return merged("app.json", base, ours, theirs)


def put(text: str, after: str, what: str) -> str:
    """Put lines into a text, after the one line that ends so."""
    assert text.count(f"{after}\n") == 1, after
    return text.replace(f"{after}\n", f"{after}\n{what}")


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


class TestAnyFile:
    @pytest.mark.parametrize("path", ["manage.py", "notes.txt", "Procfile", "json", "a.tomly"])
    def test_files_without_keys_are_left_to_the_merge_by_lines(self, path: str) -> None:
        assert merge(path, b"a\n", b"a\n", b"b\n") is None

    @pytest.mark.parametrize("path", FILES)
    def test_a_side_that_changed_nothing_has_nothing_to_say(self, path: str) -> None:
        base, other = FILES[path].encode(), b"neither JSON nor YAML: {\n"

        assert merge(path, base, base, other) == other
        assert merge(path, base, other, base) == other
        assert merge(path, base, other, other) == other

    @pytest.mark.parametrize("path", FILES)
    @pytest.mark.parametrize(
        "ours", [b"\xff\xfe", b"{[", b"a: [\n", b"two words\n", b"a = 1\r\nb = 2\n"]
    )
    def test_what_cannot_be_read_is_left_to_the_merge_by_lines(
        self, path: str, ours: bytes
    ) -> None:
        base = FILES[path].encode()

        assert merge(path, base, ours, base + b"\n") is None

    @pytest.mark.parametrize("path", ["requirements-dev.txt", "deploy/requirements.txt"])
    def test_the_name_tells_the_kind_and_not_the_folder(self, path: str) -> None:
        assert (
            merged(path, PINS, PINS + "stripe==12.0\n", WITH_MAIL) == WITH_MAIL + "stripe==12.0\n"
        )

    def test_the_reader_of_yaml_is_imported_for_yaml_alone(self) -> None:
        script = (
            "import sys; from scaffold_cli.keyed import merge\n"
            "merge('a.json', b'{}', b'{\"a\": 1}', b'{\"b\": 1}'); print('yaml' in sys.modules)\n"
            "merge('a.yaml', b'a: 1', b'a: 2', b'a: 1\\nb: 1'); print('yaml' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

        assert done.stdout.split() == ["False", "True"]

    def test_what_is_unusual_about_the_owners_file_stays(self) -> None:
        theirs = put(TOML, "strict = true", "pretty = true\n")
        ours = put(TOML, 'name = "shop"', "version = 1\n")
        expected = put(theirs, 'name = "shop"', "version = 1\n")

        for like in (as_on_windows, without_the_last_end, with_a_byte_order_mark):
            content = merge("pyproject.toml", TOML.encode(), like(ours), theirs.encode())
            assert content == like(expected)


def as_on_windows(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def without_the_last_end(text: str) -> bytes:
    return text.rstrip("\n").encode()


def with_a_byte_order_mark(text: str) -> bytes:
    return text.encode("utf-8-sig")


class TestRequirements:
    def test_a_pin_of_the_owners_stays_behind_the_one_before_it(self) -> None:
        own = "# We pay.\nstripe==12.0 \\\n    --hash=sha256:s1\n    # via shop\n"
        ours = put(PINS, "    --hash=sha256:f1", own)

        assert pins(ours, WITH_MAIL) == put(WITH_MAIL, "    --hash=sha256:f1", own)

    def test_a_pin_that_the_owner_put_first_stays_first(self) -> None:
        ours = put(PINS, "package.", "stripe==12.0\n")
        theirs = put(PINS, "package.", "argon2-cffi==1.0 \\\n    --hash=sha256:a1\n")

        assert pins(ours, theirs) == put(theirs, "package.", "stripe==12.0\n")

    def test_a_pin_of_the_owners_stays_when_the_one_before_it_goes(self) -> None:
        ours = put(WITH_MAIL, "    --hash=sha256:m1", "stripe==12.0\n")

        assert pins(ours, PINS, base=WITH_MAIL) == put(
            PINS, "    --hash=sha256:f1", "stripe==12.0\n"
        )

    def test_what_a_tool_notes_below_a_pin_stays_below_it(self) -> None:
        ours = put(PINS, "    --hash=sha256:f1", "    # via shop\n")
        theirs = changed(changed(PINS, "flask==3.1.0", "flask==3.2.0"), "f1", "f2")

        assert pins(ours, theirs) == put(theirs, "    --hash=sha256:f2", "    # via shop\n")

    def test_a_comment_behind_a_pin_stays_behind_it(self) -> None:
        ours = changed(PINS, "--hash=sha256:f1", "--hash=sha256:f1  # not 3.2")

        assert pins(ours, WITH_MAIL) == changed(WITH_MAIL, ":f1", ":f1  # not 3.2")

    def test_the_comment_at_the_top_stays_at_the_top(self) -> None:
        theirs = changed(PINS, "click==", "blinker==1.9\nclick==")
        ours = changed(PINS, "click==", "# Keep 8.1.\nclick==").replace("How", "Who, and how")

        assert pins(ours, theirs) == changed(theirs, "click==", "# Keep 8.1.\nclick==").replace(
            "How", "Who, and how"
        )

    def test_two_versions_of_one_package_contradict_each_other(self) -> None:
        ours = changed(PINS, "flask==3.1.0", "flask==3.1.1")

        assert pins(ours, changed(PINS, "flask==3.1.0", "flask==3.2.0")) == CONTRADICTION
        assert pins(ours, changed(PINS, "flask==3.1.0", "flask==3.1.1") + "a==1\n") is not None

    def test_a_changed_pin_is_not_taken_away(self) -> None:
        ours = changed(WITH_MAIL, "flask-mail==0.10.0", "flask-mail==0.11.0")

        assert pins(ours, PINS, base=WITH_MAIL) == CONTRADICTION

    def test_a_pin_that_the_owner_wrote_first_is_no_contradiction(self) -> None:
        ours = put(PINS, "    --hash=sha256:f1", "Flask_Mail==0.10.0\n")

        assert pins(ours, WITH_MAIL) == WITH_MAIL

    def test_files_that_only_the_owner_trusts_are_a_contradiction(self) -> None:
        ours = put(PINS, "    --hash=sha256:f1", MAIL.replace("m1", "m2"))

        assert pins(ours, WITH_MAIL) == CONTRADICTION

    def test_what_the_owner_took_out_stays_out(self) -> None:
        ours = PINS.replace("flask==3.1.0 \\\n    --hash=sha256:f1\n", "")
        theirs = changed(WITH_MAIL, "flask==3.1.0", "flask==3.2.0")

        assert pins(ours, theirs) == changed(ours, "redis==", MAIL + "redis==")

    def test_a_file_without_hashes_stays_without_them(self) -> None:
        ours = "click==8.1.7\nflask==3.1.0\nredis==5.0.0 ; python_version < '3.12'\nstripe==12.0\n"
        expected = ours.replace("redis", "flask-mail==0.10.0\nredis")

        assert pins(ours, WITH_MAIL) == expected

    def test_the_quotes_of_a_marker_say_nothing(self) -> None:
        ours = PINS.replace("< '3.12'", '< "3.12"')
        theirs = changed(PINS, "redis==5.0.0", "redis==5.1.0")

        assert pins(ours, theirs) == theirs

    def test_options_and_addresses_are_lines_of_their_own(self) -> None:
        base = "-r requirements.txt\nclick==8\n"
        ours = "-r requirements.txt\n--no-binary lxml\n-e ../lib\nclick==8\n"
        theirs = "-r requirements.txt\n-c limits.txt\nclick==8\n"

        assert pins(ours, theirs, base=base) == (
            "-r requirements.txt\n--no-binary lxml\n-e ../lib\n-c limits.txt\nclick==8\n"
        )

    def test_a_package_may_be_pinned_for_each_python(self) -> None:
        two = PINS + "numpy==1 ; python_version < '3.12'\nnumpy==2 ; python_version >= '3.12'\n"
        theirs = changed(two, "numpy==2", "numpy==3")

        assert pins(two + "stripe==12.0\n", theirs, base=two) == theirs + "stripe==12.0\n"

    @pytest.mark.parametrize(
        "old",
        ["click==8.1.7 \\\n", "    --hash=sha256:c2\n", "flask==3.1.0 \\\n    --hash=sha256:f1\n"],
        ids=["a pin without its head", "a hash without its end", "an odd word"],
    )
    def test_a_torn_block_is_left_to_the_merge_by_lines(self, old: str) -> None:
        assert pins(changed(PINS, old, "so what\n" * ("flask" in old)), WITH_MAIL) is None


class TestToml:
    def test_items_of_both_sides_stand_in_a_list_one_a_line(self) -> None:
        ours = put(TOML, '    "Flask",', '    "stripe",  # We pay.\n')
        theirs = put(TOML, '    "Flask",', '    "Flask-Mail",\n')

        assert toml(ours, theirs) == put(theirs, '    "Flask",', '    "stripe",  # We pay.\n')

    def test_what_is_removed_leaves_alone_what_stands_beside_it(self) -> None:
        ours = put(TOML, '    "redis",', '    "stripe",\n')

        assert toml(ours, changed(TOML, '    "redis",\n', "")) == changed(
            TOML, '"redis"', '"stripe"'
        )

    def test_a_list_that_the_owner_wrote_in_one_line_stays_so(self) -> None:
        several = '[\n    "Flask",\n    "redis",\n]'
        ours = changed(TOML, several, '["Flask", "redis", "stripe"]')
        theirs = put(TOML, '    "redis",', '    "Flask-Mail",  # mail\n')

        assert toml(ours, theirs) == changed(
            TOML, several, '["Flask", "redis", "stripe", "Flask-Mail"]'
        )

    def test_a_list_that_the_owner_wrote_in_lines_stays_so(self) -> None:
        base = 'files = ["shop"]\n'
        ours = 'files = [\n  # all\n  "shop",\n  "bin"\n]\n'

        assert toml(ours, 'files = ["shop", "tasks"]\n', base=base) == (
            'files = [\n  # all\n  "shop",\n  "bin",\n  "tasks"\n]\n'
        )

    def test_a_comment_behind_an_item_swallows_nothing(self) -> None:
        base = 'a = [\n    "x", "y",  # both\n]\n'
        ours = base.replace(",  #", "  #")  # no comma there
        theirs = base.replace("both\n", 'both\n    "z",\n')

        assert toml(ours, theirs, base=base) == 'a = [\n    "x", "y",  # both\n    "z"\n]\n'
        assert toml(put(base, "# both", '    "mine"\n'), 'a = ["y"]\n', base=base) == (
            'a = [\n    "y",\n    "mine"\n]\n'
        )

    def test_nothing_moves_into_the_line_of_a_comment(self) -> None:
        ours = 'a = [\n    "x",  # mine\n    "y", "z"]\n'

        assert toml(ours, 'a = ["x", "z"]\n', base='a = ["x", "y", "z"]\n') == (
            'a = [\n    "x",  # mine\n "z"]\n'
        )

    def test_lines_stay_lines_when_the_new_list_is_in_one(self) -> None:
        base = 'a = [\n    "x",\n    "y",\n    "z",\n]\n'
        ours = put(base, '    "z",', '    "mine",\n')

        assert toml(ours, 'a = ["y", "z"]\n', base=base) == changed(ours, '    "x",\n', "")

    def test_the_same_item_may_stand_in_a_list_twice(self) -> None:
        base = 'a = ["redis", "one", "redis"]\n'

        assert toml(
            'a = ["redis", "one", "redis", "mine"]\n', 'a = ["one", "redis"]\n', base=base
        ) == ('a = ["one", "redis", "mine"]\n')

    def test_two_words_for_one_contradict_each_other(self) -> None:
        base, ours, theirs = (f'run = ["serve", "-w", "{number}"]\n' for number in (1, 2, 3))

        assert toml(ours, theirs, base=base) == CONTRADICTION
        assert toml(ours, 'run = ["serve", "-w"]\n', base=base) == CONTRADICTION

    def test_keys_of_both_sides_stand_in_a_table(self) -> None:
        ours = put(TOML, "strict = true", "# It helps.\npretty = true  # mine\n")
        theirs = put(TOML, "[tool.mypy]", 'files = ["shop"]\n')

        assert toml(ours, theirs) == put(
            theirs, "strict = true", "# It helps.\npretty = true  # mine\n"
        )

    def test_a_value_changes_and_the_comment_behind_it_stays(self) -> None:
        ours = changed(TOML, "strict = true", "strict = true  # at last")
        theirs = changed(TOML, "strict = true", "strict = false")

        assert toml(ours, theirs) == changed(TOML, "strict = true", "strict = false  # at last")

    def test_a_value_that_both_change_is_a_contradiction(self) -> None:
        assert toml(changed(TOML, "shop", "mine"), changed(TOML, "shop", "store")) == CONTRADICTION

    def test_tables_of_both_sides_stand_in_the_file(self) -> None:
        own = "\n# mine\n[tool.own]\nkey = 1\n\n# the end\n"
        theirs = TOML + '\n[[tool.mypy.overrides]]\nmodule = ["three.*"]\n'

        assert toml(TOML + own, theirs) == put(
            theirs, 'module = ["two.*"]', own.replace("\n# the end\n", "")
        ) + ("\n# the end\n")

    def test_an_item_goes_from_tables_that_stand_far_from_one_another(self) -> None:
        gone = '[[tool.mypy.overrides]]\nmodule = ["one.*"]\nuntyped = true\n\n'
        ours = put(TOML, "strict = true", "pretty = true\n")

        assert toml(ours, changed(TOML, gone, "")) == changed(ours, gone, "")

    def test_an_item_that_the_owner_changed_is_not_changed_twice(self) -> None:
        ours = changed(TOML, "untyped = true", "untyped = false")

        assert toml(ours, put(TOML, 'module = ["one.*"]', "extra = 1\n")) == CONTRADICTION
        assert toml(ours, put(TOML, "strict = true", "x = 1\n")) == put(
            ours, "strict = true", "x = 1\n"
        )

    def test_a_table_that_the_owner_took_out_stays_out(self) -> None:
        table = '[tool.ruff]\nselect = [\n    "B",  # bugs\n    "E",\n]\n\n'
        ours = changed(TOML, table, "")

        assert toml(ours, put(TOML, "strict = true", "x = 1\n")) == put(
            ours, "strict = true", "x = 1\n"
        )
        assert toml(ours, put(TOML, "[tool.ruff]", "x = 1\n")) == CONTRADICTION

    def test_of_a_table_that_goes_the_owners_keys_stay(self) -> None:
        theirs = changed(TOML, "[tool.mypy]\nstrict = true\n\n", "")

        assert toml(put(TOML, "strict = true", "own = 1\n"), theirs) == changed(
            TOML, "strict = true", "own = 1"
        )
        assert toml(changed(TOML, "strict = true", "strict = false"), theirs) == CONTRADICTION

    def test_an_empty_table_stays(self) -> None:
        ours = put(TOML, "strict = true", "\n[tool.own]\n")
        theirs = changed(TOML, "strict = true", "strict = false")

        assert toml(ours, theirs) == put(theirs, "strict = false", "\n[tool.own]\n")

    def test_what_is_in_no_table_stands_above_all_tables(self) -> None:
        assert toml("a = 1\nb = 2\nown = 3\n", "[new]\nc = 1\n", base="a = 1\nb = 2\n") == (
            "own = 3\n[new]\nc = 1\n"
        )

    def test_a_comment_above_what_goes_stands_above_what_comes_next(self) -> None:
        ours = changed(TOML, "[tool.mypy]", "# mine\n[tool.mypy]")
        theirs = changed(TOML, "[tool.mypy]\nstrict = true\n\n", "")

        assert toml(ours, theirs) == theirs.replace(
            '\n[[tool.mypy.overrides]]\nmodule = ["two',
            '# mine\n\n[[tool.mypy.overrides]]\nmodule = ["two',
        )

    def test_a_comment_in_what_goes_is_a_contradiction(self) -> None:
        ours = changed(TOML, '    "redis",\n', '    "redis",  # mine\n')

        assert toml(ours, changed(TOML, '    "redis",\n', "")) == CONTRADICTION

    @pytest.mark.parametrize(
        ("base", "ours", "theirs"),
        [
            ("[a.b]\nc = 1\nd = 1\n", "[a]\nb.c = 1\nb.d = 1\n", "[a.b]\nc = 2\nd = 1\n"),
            ("[a]\nb = 1\n", "a.b = 1\n", "[a]\nb = 2\n"),
            ("a = {b = 1}\n", "[a]\nb = 1\n", "a = {b = 2}\n"),
        ],
        ids=["a dotted key", "a table at the top", "a table in one line"],
    )
    def test_the_same_in_another_place_is_left_to_the_merge_by_lines(
        self, base: str, ours: str, theirs: str
    ) -> None:
        assert toml(ours, theirs, base=base) is None

    def test_any_value_can_stand_anywhere(self) -> None:
        base = (
            "'a b'.\"c=\" = '''\n[x]\n''\n'''''\n"
            'day = 2024-01-01 10:00:00 # "\n'
            'text = """a "" \\""" # no comment\n"""  # a comment\n'
            "[ 'x' . y ] # [z]\nz = { p = [1, 2], q.r = \"}\" }\nn = [[1, 2], [3]]\n"
            "[[f]]\n[f.g]\na = 1\n[[f.h]]\n[[f]]\n[f.g]\na = 2\n"
        )
        ours, theirs = base + "[own]\na = 1\n", base.replace("[1, 2], q", "[1, 2, 3], q")

        assert toml(ours, theirs, base=base) == theirs + "[own]\na = 1\n"


class TestYaml:
    def test_keys_of_both_sides_stand_in_a_mapping(self) -> None:
        own = "  # Catches mail.\n  mailbox:\n    image: 'mailpit'\n    ports: [\"8025:8025\"]\n\n"
        ours = put(YAML, "services:", own)
        theirs = put(YAML, "services:", "  worker:\n    <<: *app\n\n")

        assert yaml(ours, theirs) == changed(ours, own, f"{own}  worker:\n    <<: *app\n\n")

    def test_what_goes_takes_no_comment_of_the_owners_along(self) -> None:
        ours = changed(YAML, "  redis:\n", "  # Ours.\n  redis:\n")
        ours = changed(ours, "volumes:\n", "# Disks.\nvolumes:\n")
        theirs = changed(YAML, "\n  redis:\n    image: redis:8\n", "")

        assert yaml(ours, theirs) == changed(
            theirs, "\nvolumes:\n", "  # Ours.\n\n# Disks.\nvolumes:\n"
        )

    def test_a_commented_entry_stays_in_the_mapping_that_it_is_of(self) -> None:
        commented = "  # debug:\n  #   image: debug\n"
        ours = put(YAML, "    image: redis:8", commented)
        theirs = put(YAML, "    image: redis:8", "\n  worker:\n    <<: *app\n")

        assert yaml(ours, theirs) == put(
            YAML, "    image: redis:8", f"\n  worker:\n    <<: *app\n{commented}"
        )
        assert yaml(ours, changed(YAML, "volumes:", "configs:\n\nvolumes:")) == changed(
            ours, "volumes:", "configs:\n\nvolumes:"
        )

    def test_values_and_items_of_both_sides_stand_there(self) -> None:
        ours = put(YAML, '    PORT: "8000"', "    MINE: 'no'  # mine\n")
        ours = changed(ours, "[ALL]", "[ALL, MINE]  # fewer")
        theirs = put(changed(YAML, '"8000"\n', '"8001"\n'), "    ports:", '      - "80:80"\n')

        assert yaml(ours, theirs) == changed(
            put(theirs, '    PORT: "8001"', "    MINE: 'no'  # mine\n"),
            "[ALL]",
            "[ALL, MINE]  # fewer",
        )

    def test_what_is_new_is_indented_as_the_owner_does(self) -> None:
        base = "jobs:\n  test:\n    steps:\n      - run: a\n        if: b\n"
        ours = "jobs:\n    test:\n        steps:\n        - run: a\n          if: b\n"
        theirs = base + "      - run: |\n          c\n          d\n  lint:\n    needs: test\n"

        assert yaml(ours, theirs, base=base) == ours + (
            "        - run: |\n            c\n            d\n    lint:\n      needs: test\n"
        )

    def test_a_mapping_that_was_empty_is_filled(self) -> None:
        theirs = changed(YAML, "  instance:\n", "  instance:\n    driver: local\n")

        assert yaml(put(YAML, "  instance:", "  own:\n"), theirs) == theirs + "  own:\n"
        assert yaml(changed(YAML, "  instance:", "  instance: {a: 1}"), theirs) == CONTRADICTION

    def test_a_mapping_that_both_sides_have_emptied_goes(self) -> None:
        theirs = put(YAML, "  instance:", "  redis:\n")
        ours = changed(theirs, "  instance:\n", "")

        assert yaml(ours, YAML, base=theirs) == changed(YAML, "\nvolumes:\n  instance:\n", "")

    def test_what_is_edited_is_not_taken_away(self) -> None:
        ours = put(YAML, "    image: redis:8", "    restart: always\n")

        assert yaml(ours, changed(YAML, "\n  redis:\n    image: redis:8\n", "")) == CONTRADICTION

    def test_of_a_section_that_goes_the_owners_entries_stay(self) -> None:
        ours = put(YAML, "  instance:", "  own:\n")
        theirs = changed(YAML, "\nvolumes:\n  instance:\n", "")

        assert yaml(ours, theirs) == changed(ours, "  instance:\n", "")

    def test_what_would_say_something_else_is_left_to_the_merge_by_lines(self) -> None:
        base, ours = "a:\n  b:\nc: 1\n", "a:\n    b:\nc: 2\n"

        assert yaml(ours, changed(base, "b:", "b: 1"), base=base) is None

    def test_an_anchor_is_part_of_what_it_marks(self) -> None:
        ours = put(YAML, "services:", "  own: *app\n")
        renamed = YAML.replace("&app", "&base").replace("*app", "*base")

        assert yaml(ours, changed(YAML, "build: .", "build: src")) == changed(
            ours, "build: .", "build: src"
        )
        assert yaml(ours, renamed) is None

    def test_words_that_yaml_takes_for_others_stay_words(self) -> None:
        base = "on:\n  push:\nanswer: no\nversion: 1.10\n"
        ours, theirs = base + "own: 012\n", changed(base, "1.10", "1.20")

        assert yaml(ours, theirs, base=base) == theirs + "own: 012\n"

    @pytest.mark.parametrize(
        "text",
        [
            "a: &x\n  # one\n  b: 1\n\n# two\n\n\n  # three\nc: >-\n  text\n\n  text\n\n# four\nd: |+\n  e\n\n\nf: 1\n",
            "a: [1, {b: 2, c: [3]}, 'it''s', \"#\"]\nd: {e, f: }\n",
            "a: [ # one\n  1, # two\n  2 # three\n  # four\n  ]\n",
            "'a b': text over\n  two lines # c\n? d\n: e\nf: !tag {g: !!str 1}\n",
            "f:\n- i\n- j: k\n  # l\n  m: n\n- - - o\n    - p\n  -   q: r\n      s:\n      - t\n-\n  u: v\n-\n- &x\n  w: *x\n-\n # - y\n\n  z: 1\n",
            "# one\n---\n# two\na: 1\n",
        ],
        ids=["lines", "brackets", "comments in brackets", "oddities", "lists", "a document"],
    )
    def test_any_value_can_stand_anywhere(self, text: str) -> None:
        ours, theirs = text + "own: 1\n", text + "new: 2\n"

        assert yaml(ours, theirs, base=text) == text + "own: 1\nnew: 2\n"


class TestJson:
    def test_keys_and_items_of_both_sides_stand_there(self) -> None:
        ours = changed(JSON, '"1"\n    }', '"1"\n    },\n    "OWN": {"value": "2"}')
        theirs = changed(JSON, '"postgresql"\n', '"postgresql",\n    "redis"\n')

        assert json(ours, theirs) == changed(ours, '"postgresql"\n', '"postgresql",\n    "redis"\n')

    def test_what_is_new_is_indented_as_the_owner_does(self) -> None:
        theirs = changed(JSON, '"env": {', '"env": {\n    "KEY": {\n      "value": "k"\n    },')
        theirs = changed(theirs, '"postgresql"\n', '"postgresql",\n    "redis"\n')
        ours = JSON.replace("  ", "\t")

        assert json(ours, theirs) == theirs.replace("  ", "\t")

    def test_a_file_in_one_line_stays_so(self) -> None:
        ours = '{"name":"own","addons":["postgresql"],"env":{"PORT":{"value":"1"}}}'
        theirs = changed(JSON, '"postgresql"\n', '"postgresql",\n    "redis"\n')

        assert json(ours, theirs) == (
            '{"name":"own","addons":["postgresql", "redis"],"env":{"PORT":{"value":"1"}}}'
        )

    def test_one_value_in_two_spellings_is_no_change(self) -> None:
        ours = changed(JSON, '"shop"', '"sho\\u0070"')
        theirs = changed(JSON, '"shop"', '"store"')

        assert json(ours, theirs) == theirs

    def test_true_and_one_are_two_values(self) -> None:
        base = '{"a": 1, "b": [0]}\n'

        assert json('{"a": true, "b": [0]}\n', '{"a": 2, "b": [0]}\n', base=base) == CONTRADICTION
        assert json('{"a": 1, "b": [false]}\n', '{"a": 3, "b": [0]}\n', base=base) == (
            '{"a": 3, "b": [false]}\n'
        )

    def test_the_owner_may_have_another_order(self) -> None:
        base = '{"a": 1, "b": 2, "c": 3}\n'

        assert json(
            '{"c": 3, "b": 2, "a": 1}\n', '{"a": 1, "b": 2, "new": 4, "c": 3}\n', base=base
        ) == ('{"c": 3, "b": 2, "new": 4, "a": 1}\n')

    def test_a_key_that_stands_there_twice_is_left_to_the_merge_by_lines(self) -> None:
        assert json('{"a": 1, "a": 2}\n', '{"a": 3}\n', base='{"a": 1}\n') is None
