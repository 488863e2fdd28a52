"""The tested set: the closure of any selection, exact, hashed and without a network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement

from scaffold_cli import pins
from scaffold_cli.errors import PinError
from scaffold_cli.pins import Pins, normalize, project, united
from scaffold_cli.testing import pinning

ROOT = Path(__file__).resolve().parent.parent
LINUX = "sys_platform == 'linux'"
WINDOWS = "sys_platform == 'win32'"
OLD = "python_full_version < '3.12'"
NEW = "python_full_version >= '3.12'"

SMALL = """\
# A set of our own.

click==8.0 \\
    --hash=sha256:c1 \\
    --hash=sha256:c2
    # for flask
    # for honcho

colorama==0.4 ; sys_platform == 'win32' \\
    --hash=sha256:co
    # for flask if sys_platform == 'win32'
    # for pytest if sys_platform == 'win32'

flask==3.0 \\
    --hash=sha256:f
    # for flask

honcho==2.0 \\
    --hash=sha256:h
    # for honcho

numpy==1.0 ; python_full_version < '3.12' \\
    --hash=sha256:n1
    # for pandas[excel] if python_full_version < '3.12'

numpy==2.0 ; python_full_version >= '3.12' \\
    --hash=sha256:n2
    # for pandas[excel] if python_full_version >= '3.12'

pandas==5.0 \\
    --hash=sha256:p
    # for pandas[excel]

pytest==9.0 \\
    --hash=sha256:t
    # for pytest

uvloop==1.0 ; sys_platform == 'linux' or sys_platform == 'darwin' \\
    --hash=sha256:u
    # for flask if sys_platform == 'linux'
    # for honcho if python_full_version < '3.12' and sys_platform == 'darwin'
    # for server
"""


def requirements(text: str) -> list[Requirement]:
    """Read a requirements file as pip does: joined lines, options aside."""
    lines = text.replace("\\\n", " ").splitlines()
    return [Requirement(line.partition(" --hash=")[0]) for line in lines]


def installed(text: str, environment: dict[str, str]) -> set[str]:
    """Return what a requirements file installs in an environment: ``name==version``."""
    return {
        f"{found.name}{found.specifier}"
        for found in requirements(text)
        if found.marker is None or found.marker.evaluate(environment)
    }


PLACE = {name: str(value) for name, value in default_environment().items()}


def environments() -> Iterator[dict[str, str]]:
    """Yield places that a generated project may run in."""
    platforms = ("linux", "darwin", "win32")
    implementations = ("CPython", "PyPy")
    for platform, name in product(platforms, implementations):
        for python in ("3.11.0", "3.12.4", "3.14.0"):
            yield PLACE | {
                "sys_platform": platform,
                "python_full_version": python,
                "python_version": python.rpartition(".")[0],
                "implementation_name": name.lower(),
                "platform_python_implementation": name,
            }


PLACES = list(environments())


class TestAClosure:
    def test_is_a_requirements_file_without_comments(self) -> None:
        assert Pins(SMALL).closure(["pytest", "honcho"]) == (
            "click==8.0 \\\n"
            "    --hash=sha256:c1 \\\n"
            "    --hash=sha256:c2\n"
            "colorama==0.4 ; sys_platform == 'win32' \\\n"
            "    --hash=sha256:co\n"
            "honcho==2.0 \\\n"
            "    --hash=sha256:h\n"
            "pytest==9.0 \\\n"
            "    --hash=sha256:t\n"
            "uvloop==1.0 ; python_full_version < '3.12' and sys_platform == 'darwin'"
            " \\\n"
            "    --hash=sha256:u\n"
        )

    def test_of_nothing_is_empty(self) -> None:
        assert Pins(SMALL).closure([]) == ""

    @pytest.mark.parametrize(
        ("brought_by", "marker"),
        [
            pytest.param(["flask"], LINUX, id="one condition"),
            pytest.param(
                ["flask", "honcho"],
                f"({OLD} and sys_platform == 'darwin') or {LINUX}",
                id="either condition",
            ),
            pytest.param(["flask", "server"], None, id="everywhere wins"),
        ],
    )
    def test_wants_a_package_where_any_of_its_requirements_does(
        self, brought_by: list[str], marker: str | None
    ) -> None:
        found = {r.name: r.marker for r in requirements(Pins(SMALL).closure(brought_by))}
        assert found["uvloop"] == (marker and Marker(marker))

    def test_holds_both_versions_of_a_package_that_depends_on_the_python(self) -> None:
        found = requirements(Pins(SMALL).closure(["pandas[excel]"]))
        assert [str(one) for one in found] == [
            f"numpy==1.0; {OLD.replace(chr(39), chr(34))}",
            f"numpy==2.0; {NEW.replace(chr(39), chr(34))}",
            "pandas==5.0",
        ]

    def test_finds_a_requirement_however_it_is_spelt(self) -> None:
        spelt = Pins(SMALL).closure(["Pandas [Excel]"])
        assert spelt == Pins(SMALL).closure(["pandas[excel]"])

    def test_of_a_requirement_without_pins_is_refused(self) -> None:
        with pytest.raises(PinError) as refusal:
            Pins(SMALL).closure(["flask", "Flask-Nowhere"])
        assert refusal.value.message == "Flask-Nowhere is not in the tested set."
        assert "docs/extensions.md" in refusal.value.hint


class TestAClosureBesidesAnother:
    def test_leaves_out_what_is_there(self) -> None:
        text = Pins(SMALL).closure(["honcho"], besides=["flask", "server"])
        assert [r.name for r in requirements(text)] == ["honcho"]

    def test_leaves_out_what_is_there_under_the_same_condition(self) -> None:
        text = Pins(SMALL).closure(["pytest"], besides=["flask"])
        assert [r.name for r in requirements(text)] == ["pytest"]

    def test_adds_a_package_where_the_other_does_not_want_it(self) -> None:
        found = requirements(Pins(SMALL).closure(["honcho"], besides=["flask"]))
        markers = {one.name: str(one.marker) for one in found}
        assert "darwin" in markers["uvloop"]
        assert "linux" not in markers["uvloop"]

    def test_adds_a_package_everywhere_if_it_is_wanted_everywhere(self) -> None:
        found = requirements(Pins(SMALL).closure(["server"], besides=["flask"]))
        assert [(one.name, one.marker) for one in found] == [("uvloop", None)]


class TestTheVersions:
    def test_are_told_by_package(self) -> None:
        assert Pins(SMALL).versions(["pytest"]) == {"colorama": "0.4", "pytest": "9.0"}

    def test_name_all_that_depend_on_the_python(self) -> None:
        assert Pins(SMALL).versions(["pandas[excel]"])["numpy"] == "1.0 or 2.0"


class TestUnknownRequirements:
    def test_are_told_as_they_were_given(self) -> None:
        asked = ["Flask", "Flask-Nowhere", "PYTEST", "pandas"]
        assert Pins(SMALL).unknown(asked) == ["Flask-Nowhere", "pandas"]

    @pytest.mark.parametrize(
        "asked",
        ["flask>=3", "flask==3.0", "flask @ file:x", "flask; sys_platform == 'win32'"],
    )
    def test_are_those_that_ask_for_more_than_a_name_too(self, asked: str) -> None:
        assert Pins(SMALL).unknown([asked]) == [asked]

    def test_are_packages_that_only_came_along_too(self) -> None:
        assert Pins(SMALL).unknown(["click"]) == ["click"]


@pytest.mark.parametrize(
    ("given_as", "meant"),
    [
        ("Flask", "flask"),
        ("Flask_SQLAlchemy", "flask-sqlalchemy"),
        ("ruamel.yaml", "ruamel-yaml"),
        ("a__b.-c", "a-b-c"),
        (" Flask-Admin [SQLAlchemy, S3] ", "flask-admin[s3,sqlalchemy]"),
        ("UVloop; sys_platform != 'win32'", "uvloop ; sys_platform != 'win32'"),
        ("A[B];os_name == 'nt'", "a[b] ; os_name == 'nt'"),
    ],
)
def test_a_requirement_has_one_spelling(given_as: str, meant: str) -> None:
    assert normalize(given_as) == normalize(meant) == meant


def test_a_requirement_tells_its_project() -> None:
    spelled = ("Flask_Admin", "flask-admin[s3]", "Flask-Admin[s3]; sys_platform != 'win32'")
    assert {project(one) for one in spelled} == {"flask-admin"}


@pytest.mark.parametrize(
    ("asked", "besides", "listed"),
    [
        (["a", "B", "A"], [], ["a", "B"]),
        (["Server", "server[green]"], [], ["Server[green]"]),
        (["s[x]", "s[y,x]", "s"], [], ["s[x,y]"]),
        (["s[y,x]"], [], ["s[y,x]"]),
        ([f"s; {LINUX}", "s", f"s[x]; {LINUX}"], [], [f"s[x]; {LINUX}", "s"]),
        (["s", "t", "u[x]"], ["s[x]", "u"], ["t", "u[x]"]),
    ],
    ids=str,
)
def test_each_package_is_asked_for_once_with_the_extras_of_all(
    asked: list[str], besides: list[str], listed: list[str]
) -> None:
    assert list(united(asked, besides).values()) == listed


def test_a_requirement_with_a_marker_is_one_of_its_own() -> None:
    asked = f"server; {LINUX}"
    facts = f"    # for server ; {LINUX} if {LINUX}\n"
    pins = Pins(f"{SMALL}\nown==1 ; {LINUX} \\\n    --hash=h\n{facts}")

    assert pins.unknown([asked]) == []
    assert [line for line in pins.closure([asked]).splitlines() if "==1" in line] == [
        f"own==1 ; {LINUX} \\"
    ]


PACKAGES = [f"p{number}" for number in range(5)]
REQUIREMENTS = [f"r{number}" for number in range(5)]
CONDITIONS = ["", LINUX, WINDOWS, OLD, NEW, f"{OLD} and {LINUX}"]
selections = st.lists(st.sampled_from(REQUIREMENTS))


@st.composite
def sets(draw: st.DrawFn) -> Pins:
    """Draw any tested set: who brings what, under which conditions."""
    facts = st.sets(st.tuples(st.sampled_from(REQUIREMENTS), st.sampled_from(CONDITIONS)))
    blocks = [f"own-{name}==1 \\\n    --hash=h\n    # for {name}\n" for name in REQUIREMENTS]
    for package in PACKAGES:
        said = [f"{r} if {c}" if c else r for r, c in sorted(draw(facts))]
        comments = "".join(f"    # for {fact}\n" for fact in said)
        blocks.append(f"{package}==1 \\\n    --hash=h\n{comments}")
    return Pins("\n".join(blocks))


class TestInAnySet:
    @given(pins=sets(), one=selections, other=selections)
    def test_two_selections_together_install_what_each_does(
        self, pins: Pins, one: list[str], other: list[str]
    ) -> None:
        both, first, second = map(pins.closure, (one + other, one, other))
        for place in PLACES:
            assert installed(both, place) == (installed(first, place) | installed(second, place))

    @given(pins=sets(), chosen=selections, data=st.data())
    def test_neither_order_nor_repetition_matters(
        self, pins: Pins, chosen: list[str], data: st.DataObject
    ) -> None:
        shuffled = data.draw(st.permutations(chosen + chosen))
        assert pins.closure(shuffled) == pins.closure(chosen)

    @given(pins=sets(), tools=selections, there=selections)
    def test_a_closure_besides_another_completes_it_and_no_more(
        self, pins: Pins, tools: list[str], there: list[str]
    ) -> None:
        added, base, all_of_it = (
            pins.closure(tools, besides=there),
            pins.closure(there),
            pins.closure(tools + there),
        )
        for place in PLACES:
            assert installed(all_of_it, place) == (installed(added, place) | installed(base, place))
        everywhere = {r.name for r in requirements(base) if r.marker is None}
        assert everywhere.isdisjoint(r.name for r in requirements(added))


SHIPPED = pins.tested()
KNOWN = sorted(SHIPPED.requirements)


class TestTheShippedSet:
    @pytest.mark.parametrize("requirement", KNOWN)
    def test_hashes_and_pins_everything(self, requirement: str) -> None:
        for line in SHIPPED.closure([requirement]).replace("\\\n", "").splitlines():
            pin, *hashes = line.split(" --hash=sha256:")
            assert [clause.operator for clause in Requirement(pin).specifier] == ["=="]
            assert hashes
            assert all(len(digest.strip()) == 64 for digest in hashes)

    def test_brings_with_flask_its_own_dependencies_and_no_more(self) -> None:
        assert set(SHIPPED.versions(["Flask"])) == {
            *("blinker", "click", "flask", "itsdangerous", "jinja2", "markupsafe"),
            "werkzeug",
        }

    def test_gives_each_package_one_version_in_each_place(self) -> None:
        everything = SHIPPED.closure(KNOWN)
        for place in PLACES:
            names = [pin.partition("==")[0] for pin in installed(everything, place)]
            assert sorted(names) == sorted(set(names))

    def test_names_no_index_and_no_folder(self) -> None:
        text = (ROOT / "scaffold_cli" / "pins.txt").read_text("utf-8")
        assert "://" not in text
        options = {word.partition("=")[0] for word in text.split() if word[:2] == "--"}
        assert options == {"--hash"}

    def test_tells_the_modules_that_no_project_may_be_called(self) -> None:
        lines = (ROOT / "scaffold_cli" / "modules.txt").read_text("utf-8").splitlines()
        modules = [line.partition(" ")[0] for line in lines[1:]]
        assert modules == sorted(set(modules))
        assert {"flask", "jinja2", "redis", "pytest", "dotenv"} <= set(modules)
        assert all(module.isidentifier() for module in modules)


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The module that makes pins."""
    return pinning


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A catalogue with an extension, a bridge, an option, and files that mislead."""
    texts = {
        "base.toml": 'requirements = ["Flask"]\ndev_requirements = ["PyTest"]',
        "slots.toml": '[requirements]\nfile = "requirements.txt"',
        "extensions/a/extension.toml": 'requirements = ["Server"]',
        "extensions/a/with/b/bridge.toml": 'requirements = ["pandas[Excel]"]',
        "extensions/b/extension.toml": '[options.x.on]\nrequirements = ["Honcho"]',
        "extensions/b/files/pyproject.toml": 'requirements = ["no"]',
        "extensions/b/slots/pyproject.toml": 'requirements = ["no"]',
    }
    for path, text in texts.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path


class TestTheScriptThatMakesTheSet:
    def test_reads_every_manifest_and_nothing_else(
        self, maker: ModuleType, catalogue: Path
    ) -> None:
        asked = maker.wanted(catalogue)
        assert asked.runtime == {"flask", "server", "pandas[excel]", "honcho"}
        assert asked.development == {"pytest"}

    def test_finds_the_shipped_set_complete(self, maker: ModuleType) -> None:
        maker.main(["--check"])

    def test_accepts_a_set_that_covers_its_catalogue(
        self, maker: ModuleType, catalogue: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (catalogue / "pins.txt").write_text(SMALL)
        maker.main(["--check", str(catalogue)])
        assert capsys.readouterr().out == ""

    def test_stops_at_a_requirement_without_pins(self, maker: ModuleType, catalogue: Path) -> None:
        (catalogue / "pins.txt").write_text(SMALL.replace("for server", "for servant"))
        with pytest.raises(SystemExit, match=r"Not in the tested set: server\."):
            maker.main(["--check", str(catalogue)])

    def test_writes_what_it_read(self, maker: ModuleType) -> None:
        blocks = SMALL.partition("\n\n")[2]
        bare = "".join(f"{row}\n" for row in blocks.splitlines() if row and "# for" not in row)
        found = list(maker.entries(bare))
        said: dict[str, list[str]] = {entry.pin: [] for entry in found}
        pin = ""
        for row in blocks.splitlines():
            if "==" in row and not row.startswith(" "):
                pin = row.partition(" ")[0]
            elif "# for " in row:
                said[pin].append(row.partition("# for ")[2])
        assert maker.written(found, said).partition("\n\n")[2] == blocks

    @pytest.mark.parametrize(
        ("marker", "conditions"),
        [
            ("", [""]),
            ("a == 'b'", ["a == 'b'"]),
            ("a == 'b' and c == 'd'", ["a == 'b' and c == 'd'"]),
            ("a == 'b' or c == 'd'", ["a == 'b'", "c == 'd'"]),
            (
                "(a == 'b' and c == 'd') or e == 'f'",
                ["a == 'b' and c == 'd'", "e == 'f'"],
            ),
            (
                "(a == 'b' or c == 'd') and e == 'f'",
                ["(a == 'b' or c == 'd') and e == 'f'"],
            ),
            ("(a or b) and (c or d)", ["(a or b) and (c or d)"]),
        ],
    )
    def test_tells_conditions_apart(
        self, maker: ModuleType, marker: str, conditions: list[str]
    ) -> None:
        assert maker.alternatives(marker) == conditions

    def test_keeps_settings_of_the_machine_from_uv(
        self, maker: ModuleType, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("UV_FIND_LINKS", "elsewhere")
        monkeypatch.setenv("UV_CACHE_DIR", "cache")
        assert "UV_FIND_LINKS" not in maker.environment()
        assert maker.environment()["UV_CACHE_DIR"] == "cache"


@pytest.mark.real
class TestAFreshResolution:
    @pytest.mark.parametrize(
        "chosen",
        [
            pytest.param(KNOWN, id="everything"),
            *(pytest.param(pair, id="+".join(pair)) for pair in combinations(KNOWN[::12], 2)),
        ],
    )
    def test_within_the_pins_is_the_closure(
        self, maker: ModuleType, tmp_path: Path, chosen: list[str]
    ) -> None:
        pytest.importorskip("uv")
        pins = shutil.copy(ROOT / "scaffold_cli" / "pins.txt", tmp_path)
        resolved = maker.resolve(chosen, "--constraint", str(pins))
        fresh = "\n".join(maker.line(entry) for entry in resolved)
        for place in PLACES:
            assert installed(fresh, place) == (installed(SHIPPED.closure(chosen), place))
