"""Layers: names put in, bridges crossed, junk passed over."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import MakeCatalog

from scaffold_cli import layers
from scaffold_cli.answers import Answers
from scaffold_cli.catalog import Catalog
from scaffold_cli.errors import CatalogError, ManifestError
from scaffold_cli.render import render

MakeAnswers = Callable[..., Answers]


def brought(catalog: Catalog, answers: Answers, owner: str) -> dict[str, bytes]:
    return {
        path: content
        for layer in layers.stack(answers, catalog.resolve(answers.extensions))
        if layer.owner == owner
        for path, content in layers.files(layer)
    }


def test_names_are_put_into_paths_and_text_but_html_stays_flasks_own(
    make_catalog: MakeCatalog, answers: MakeAnswers
) -> None:
    catalog = make_catalog(
        {
            "a/extension.toml": "",
            "a/files/{{cookiecutter.package}}/x.txt": "{{ cookiecutter.project_name }} {{other}}",
            "a/files/x.html": "{{ cookiecutter.project_name }}",
        }
    )

    assert brought(catalog, answers(extensions="a"), "a") == {
        "my_shop/x.txt": b"My Shop {{other}}",
        "x.html": b"{{ cookiecutter.project_name }}",
    }


def test_a_bridge_is_there_when_both_ends_are(
    make_catalog: MakeCatalog, answers: MakeAnswers
) -> None:
    catalog = make_catalog(
        {
            "a/extension.toml": "",
            "a/with/b/files/with.txt": "",
            "a/with/b+c/files/all.txt": "",
            "a/without/b/files/without.txt": "",
            "b/extension.toml": "",
            "c/extension.toml": "",
        }
    )

    assert list(brought(catalog, answers(extensions="a"), "a")) == ["without.txt"]
    assert list(brought(catalog, answers(extensions="a b"), "a")) == ["with.txt"]
    assert list(brought(catalog, answers(extensions="a b c"), "a")) == ["with.txt", "all.txt"]


def test_a_bridge_may_hold_bridges(make_catalog: MakeCatalog, answers: MakeAnswers) -> None:
    catalog = make_catalog(
        {
            "a/extension.toml": "",
            "a/with/b/files/with.txt": "",
            "a/with/b/without/c/files/only_b.txt": "",
            "b/extension.toml": "",
            "c/extension.toml": "",
        }
    )

    assert list(brought(catalog, answers(extensions="a c"), "a")) == []
    assert list(brought(catalog, answers(extensions="a b"), "a")) == ["with.txt", "only_b.txt"]
    assert list(brought(catalog, answers(extensions="a b c"), "a")) == ["with.txt"]


def test_an_option_chooses_a_bridge(make_catalog: MakeCatalog, answers: MakeAnswers) -> None:
    catalog = make_catalog(
        {
            "a/extension.toml": '[options.store]\nchoices = ["ram", "disk"]\ndefault = "ram"',
            "a/with/store=ram/files/ram.txt": "",
            "a/with/store=disk/files/disk.txt": "",
        }
    )

    assert list(brought(catalog, answers(extensions="a"), "a")) == ["ram.txt"]
    chosen = answers(extensions="a", options="a.store=disk")
    assert list(brought(catalog, chosen, "a")) == ["disk.txt"]


def test_a_bridge_requires_what_it_needs_only_where_it_is(
    make_catalog: MakeCatalog, answers: MakeAnswers
) -> None:
    catalog = make_catalog(
        {
            "a/extension.toml": 'requirements = ["redis"]',
            "a/with/b/bridge.toml": 'requirements = ["fakeredis"]',
            "b/extension.toml": "",
        }
    )

    alone, together = (render(answers(extensions=chosen), catalog) for chosen in ("a", "a b"))

    assert b'"fakeredis",' not in alone["pyproject.toml"].content
    assert b"\nfakeredis==" not in alone["requirements.txt"].content
    assert b'"fakeredis",' in together["pyproject.toml"].content
    assert b"\nfakeredis==" in together["requirements.txt"].content


@pytest.mark.parametrize("option", ["a.store=tape", "a.colour=red", "b.store=ram"])
def test_an_option_that_nobody_has_is_refused(
    make_catalog: MakeCatalog, answers: MakeAnswers, option: str
) -> None:
    catalog = make_catalog(
        {"a/extension.toml": '[options.store]\nchoices = ["ram", "disk"]\ndefault = "ram"'}
    )

    with pytest.raises(CatalogError):
        brought(catalog, answers(extensions="a", options=option), "a")


def test_what_tools_leave_behind_in_a_folder_is_no_part_of_it(
    make_catalog: MakeCatalog, answers: MakeAnswers
) -> None:
    catalog = make_catalog(
        {
            "a/extension.toml": "",
            "a/files/x.py": "",
            "a/files/__pycache__/x.cpython-311.pyc": "",
            "a/files/.DS_Store": "",
            "a/files/.github/workflows/ci.yml": "",
        }
    )

    assert list(brought(catalog, answers(extensions="a"), "a")) == [
        ".github/workflows/ci.yml",
        "x.py",
    ]


def test_a_checkout_with_windows_line_ends_gives_the_same_bytes(
    make_catalog: MakeCatalog, answers: MakeAnswers
) -> None:
    catalog = make_catalog({"a/extension.toml": "", "a/files/x.txt": "a\r\nb\r\n"})

    assert brought(catalog, answers(extensions="a"), "a") == {"x.txt": b"a\nb\n"}


def test_a_binary_file_keeps_every_byte(make_catalog: MakeCatalog, answers: MakeAnswers) -> None:
    catalog = make_catalog({"a/extension.toml": "", "a/files/x.png": ""})
    image = b"\x89PNG\r\n\x1a\n\0{{ cookiecutter.package }}\r\n"
    Path(catalog["a"].folder, "files/x.png").write_bytes(image)

    assert brought(catalog, answers(extensions="a"), "a") == {"x.png": image}


def test_a_link_is_refused_wherever_it_leads(
    make_catalog: MakeCatalog, answers: MakeAnswers
) -> None:
    catalog = make_catalog({"a/extension.toml": "", "a/files/x.txt": ""})
    Path(catalog["a"].folder, "files/secrets").symlink_to("/etc")

    with pytest.raises(ManifestError, match="is a link"):
        brought(catalog, answers(extensions="a"), "a")


@pytest.mark.parametrize(
    "file", [("x.txt", "{{ cookiecutter.colour }}"), ("{{cookiecutter.colour}}.txt", "")]
)
def test_a_name_that_does_not_exist_is_refused(
    make_catalog: MakeCatalog, answers: MakeAnswers, file: tuple[str, str]
) -> None:
    catalog = make_catalog({"a/extension.toml": "", f"a/files/{file[0]}": file[1]})

    with pytest.raises(ManifestError, match="no name 'colour'"):
        brought(catalog, answers(extensions="a"), "a")


def test_a_manifest_says_its_settings_once_and_they_stand_in_each_place(
    make_catalog: MakeCatalog, answers: MakeAnswers
) -> None:
    manifest = """
        title = "Cache"
        [wire]
        imports = ["from cache import Cache"]
        objects = ["cache = Cache()"]
        init = ["cache.init_app(app)"]
        [settings.CACHE_URL]
        default = 'fake://"x"'
        help = "Where it is."
        [settings.CACHE_ON]
        env = "CACHE"
        kind = "bool"
        default = true
        help = "Whether it works."
        [settings.CACHE_KEY]
        code = "SECRET_KEY[:8]"
        show = false
        [processes]
        worker = "python worker.py"
    """
    catalog = make_catalog({"a/extension.toml": manifest})
    chosen = answers(extensions="a")
    layer = layers.stack(chosen, catalog.resolve(["a"]))[-1]

    found = {f.slot: f.text for f in layers.fragments(layer)}

    assert found["extension-init"] == "cache.init_app(app)"
    assert found["settings"].split("\n") == [
        "# Cache",
        'CACHE_URL = env.str("CACHE_URL", "fake://\\"x\\"")',
        'CACHE_ON = env.bool("CACHE", True)',
        "CACHE_KEY = SECRET_KEY[:8]",
    ]
    assert found["environment"] == (
        '# Where it is.\n# CACHE_URL=fake://"x"\n# Whether it works.\n# CACHE=true'
    )
    assert found["processes"] == "worker: python worker.py"
