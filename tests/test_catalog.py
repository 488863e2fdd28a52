"""The catalogue: finding, closing, ordering, refusing."""

from itertools import permutations

import pytest
from conftest import MakeCatalog
from hypothesis import given
from hypothesis import strategies as st

from scaffold_cli.catalog import Catalog
from scaffold_cli.errors import CatalogError, ManifestError


def ids(extensions: object) -> list[str]:
    return [extension.id for extension in extensions]  # type: ignore[attr-defined]


def test_what_an_extension_needs_comes_with_it(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog(
        {
            "login/extension.toml": 'requires = ["tables", "forms"]',
            "tables/extension.toml": "",
            "forms/extension.toml": 'requires = ["csrf"]',
            "csrf/extension.toml": "",
            "mail/extension.toml": "",
        }
    )

    assert sorted(ids(catalog.resolve(["login"]))) == ["csrf", "forms", "login", "tables"]


def test_extensions_come_after_those_they_name_and_else_by_id(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog(
        {
            "a/extension.toml": 'after = ["c", "absent"]',
            "b/extension.toml": "",
            "c/extension.toml": "",
            "d/extension.toml": 'after = ["a"]',
        }
    )

    for asked in permutations("abcd"):
        assert ids(catalog.resolve(asked)) == ["b", "c", "a", "d"]


def test_what_comes_to_a_selection_does_not_move_the_others(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog(
        {
            "caching/extension.toml": 'after = ["redis"]',
            "mail/extension.toml": "",
            "redis/extension.toml": "",
        }
    )

    assert ids(catalog.resolve(["caching", "mail"])) == ["mail", "caching"]
    assert ids(catalog.resolve(["caching", "mail", "redis"])) == ["mail", "redis", "caching"]


CATALOG = Catalog()
IDS = [extension.id for extension in CATALOG]


@given(st.lists(st.sampled_from(IDS), max_size=12), st.sampled_from(IDS))
def test_our_extensions_stand_in_one_order_in_all_projects(names: list[str], new: str) -> None:
    chosen: list[str] = []
    for name in names:
        if stand_together([*chosen, name, new]):
            chosen.append(name)
    before, after = ids(CATALOG.resolve(chosen)), ids(CATALOG.resolve([*chosen, new]))

    assert [name for name in after if name in before] == [name for name in before if name in after]


def stand_together(names: list[str]) -> bool:
    try:
        CATALOG.resolve(names)
    except CatalogError:
        return False
    return True


def test_a_circle_is_refused_and_names_its_members(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog(
        {"a/extension.toml": 'after = ["b"]', "b/extension.toml": 'after = ["a"]'}
    )

    with pytest.raises(CatalogError, match="a and b"):
        catalog.resolve(["a", "b"])


def test_a_conflict_is_refused_with_its_reason(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog(
        {
            "a/extension.toml": '[conflicts]\nb = "both own the door"',
            "b/extension.toml": "",
        }
    )

    with pytest.raises(CatalogError, match="a and b can't stand together: both own the door"):
        catalog.resolve(["b", "a"])
    assert ids(catalog.resolve(["a"])) == ["a"]


def test_two_providers_of_one_role_are_refused(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog(
        {"one/extension.toml": 'provides = "orm"', "two/extension.toml": 'provides = "orm"'}
    )

    with pytest.raises(
        CatalogError, match="one and two can't stand together: only one can play the role orm"
    ):
        catalog.resolve(["two", "one"])


@pytest.mark.parametrize(
    ("said", "meant"),
    [("caching", "caching"), ("Flask-Caching", "caching"), ("flask-cache", "caching")],
)
def test_an_extension_is_found_by_id_title_and_the_names_it_replaces(
    make_catalog: MakeCatalog, said: str, meant: str
) -> None:
    catalog = make_catalog(
        {"caching/extension.toml": 'title = "Flask-Caching"\nreplaces = ["Flask-Cache"]'}
    )

    extension, reason = catalog.find(said)

    assert extension.id == meant
    assert bool(reason) == (said == "flask-cache")


def test_a_typing_mistake_is_answered_with_the_nearest_name(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog({"sqlalchemy/extension.toml": "", "redis/extension.toml": ""})

    with pytest.raises(CatalogError) as refusal:
        catalog.resolve(["sqlalchmy"])
    assert refusal.value.hint == "Did you mean sqlalchemy?"


def test_a_far_name_gets_no_suggestion_for_its_flask_alone(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog({"login/extension.toml": 'title = "Flask-Login"'})

    with pytest.raises(CatalogError) as refusal:
        catalog.find("Flask-Zeppelin")
    assert refusal.value.hint == "See: scaffold list"


@pytest.mark.parametrize("name", ["../secret", "/etc", "..", "", "a/b", "a\\b"])
def test_a_path_is_no_extension(make_catalog: MakeCatalog, name: str) -> None:
    assert name not in make_catalog({"a/extension.toml": "", "a/b/extension.toml": ""})


@pytest.mark.parametrize("text", ["id = ", 'title = "no id"', 'id = "a"\noptions = 3'])
def test_a_broken_manifest_is_named(make_catalog: MakeCatalog, text: str) -> None:
    catalog = make_catalog({"a/extension.toml": f"# id =\n{text}"})

    with pytest.raises(ManifestError, match=r"a.extension\.toml"):
        catalog.resolve(["a"])
