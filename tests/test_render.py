"""Render: a pure function of the answers, whose trees are whole, clean and disjoint."""

import tomllib
from collections.abc import Callable

import pytest
from conftest import MakeCatalog
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold_cli.answers import Answers, complete, presets, questions
from scaffold_cli.catalog import Catalog
from scaffold_cli.errors import AnswersError, CatalogError, ManifestError
from scaffold_cli.pins import project
from scaffold_cli.render import render
from scaffold_cli.testing.selections import accepts
from scaffold_cli.tree import Tree

CATALOG = Catalog()
IDS = [extension.id for extension in CATALOG]

selections = st.lists(st.sampled_from(IDS), unique=True).filter(lambda ids: accepts(CATALOG, *ids))
blueprint_names = st.lists(
    st.sampled_from(["blog", "orders", "a1", "very_" * 5 + "long"]), unique=True
)


def tree_of(extensions: object, **given: str) -> Tree:
    text = " ".join(extensions)  # type: ignore[call-overload]
    return render(complete({"project_name": "My Shop", "extensions": text, **given}), CATALOG)


app_names = st.lists(st.sampled_from(["backend", "frontend", "b1"]), unique=True)


@given(selections, st.randoms(), blueprint_names, app_names)
def test_any_order_of_choices_gives_the_same_bytes(
    chosen: list[str], random: object, blueprints: list[str], apps: list[str]
) -> None:
    one = tree_of(chosen, blueprints=" ".join(blueprints), apps=" ".join(apps))
    for names in (chosen, blueprints, apps):
        random.shuffle(names)  # type: ignore[attr-defined]

    assert tree_of(chosen, blueprints=" ".join(blueprints), apps=" ".join(apps)) == one


@given(selections, blueprint_names, app_names.filter(bool))
def test_applications_change_no_files_but_those_that_know_them(
    chosen: list[str], blueprints: list[str], apps: list[str]
) -> None:
    """What knows them: the settings, the factory, the page on the project; and links to blueprints, which not all of them have."""
    without = tree_of(chosen, blueprints=" ".join(blueprints))
    with_ = tree_of(chosen, blueprints=" ".join(blueprints), apps=" ".join(apps))

    changed = {path for path, file in without.items() if with_[path] != file}
    links = {"my_shop/templates/base.html"} if blueprints else set()
    assert changed == {"my_shop/settings.py", "my_shop/app.py", "README.md"} | links


@given(selections, app_names.filter(bool))
def test_applications_are_clean_python_beside_everything(
    chosen: list[str], apps: list[str]
) -> None:
    tree = tree_of(chosen, apps=" ".join(apps))
    for app in apps:
        for path in [path for path in tree if path.startswith(f"my_shop/{app}/")]:
            if path.endswith(".py"):
                compile(tree[path].content, path, "exec")
        settings: dict[str, object] = {}
        exec(tree[f"my_shop/{app}/settings.py"].content, settings)
        accounts = "my_shop/auth/blueprint.py" in tree
        own = [f".{app}.blueprint"]
        assert settings["BLUEPRINTS"] == own + ([".auth.blueprint"] if accounts else [])


@given(selections)
def test_naming_what_comes_anyway_changes_nothing(chosen: list[str]) -> None:
    closed = [extension.id for extension in CATALOG.resolve(chosen)]

    assert tree_of(closed) == tree_of(chosen)


@pytest.mark.parametrize("deploy", questions()["deploy"].choices)
def test_a_deploy_target_brings_its_files_and_no_other_targets(deploy: str) -> None:
    tree = tree_of(presets()["full"], deploy=deploy)

    assert ("app.json" in tree) == (deploy in ("anywhere", "heroku"))
    assert ("my_shop.ini" in tree) == (deploy in ("anywhere", "uwsgi"))
    assert ("gunicorn.conf.py" in tree) == (deploy != "uwsgi")
    readme = tree["README.md"].content.decode()
    assert ("app.json" in readme) == (deploy in ("anywhere", "heroku"))


@pytest.mark.parametrize("twin", ["x.txt", "X.txt"])
def test_two_owners_of_a_path_are_refused(
    make_catalog: MakeCatalog, answers: Callable[..., Answers], twin: str
) -> None:
    catalog = make_catalog(
        {
            "a/extension.toml": "",
            "a/files/x.txt": "",
            "b/extension.toml": "",
            f"b/files/{twin}": "",
        }
    )

    with pytest.raises(ManifestError, match=f"b and a both bring {twin}"):
        render(answers(extensions="a b"), catalog)


@pytest.mark.parametrize("name", ["public", "settings", "core", "pages"])
def test_a_blueprint_named_like_a_part_of_the_package_is_refused(name: str) -> None:
    with pytest.raises(AnswersError, match="taken"):
        tree_of(presets()["web"], blueprints=name)


@pytest.mark.parametrize("name", ["public", "settings", "core", "pages", "orders"])
def test_an_application_named_like_a_part_of_the_package_is_refused(name: str) -> None:
    with pytest.raises(AnswersError, match=r"app name .* is taken"):
        tree_of(presets()["web"], blueprints="orders", apps=name)


def test_a_package_named_like_a_folder_beside_it_is_refused() -> None:
    with pytest.raises(AnswersError, match="mixed with the folder of vite"):
        tree_of(["vite"], package="vite")

    assert "vite/app.py" in tree_of(["redis"], package="vite")


def test_a_requirement_outside_the_tested_set_is_named(
    make_catalog: MakeCatalog, answers: Callable[..., Answers]
) -> None:
    catalog = make_catalog({"a/extension.toml": 'requirements = ["left-pad"]'})

    with pytest.raises(Exception, match="left-pad is not in the tested set"):
        render(answers(extensions="a"), catalog)


@given(selections)
def test_a_project_asks_for_each_package_once(chosen: list[str]) -> None:
    data = tomllib.loads(tree_of(chosen)["pyproject.toml"].content.decode())

    listed = [*data["project"]["dependencies"], *data["dependency-groups"]["dev"]]
    assert [project(one) for one in listed] == list({project(one): "" for one in listed})


def test_the_extras_of_all_who_ask_for_a_package_stand_together() -> None:
    data = tomllib.loads(tree_of(["gevent", "session"])["pyproject.toml"].content.decode())

    assert "gunicorn[gevent]" in data["project"]["dependencies"]
    assert "Flask-Session[cachelib,redis]" in data["project"]["dependencies"]


def test_an_unknown_extension_is_refused_before_anything_is_made() -> None:
    with pytest.raises(CatalogError, match="no extension 'sqlalchmy'"):
        tree_of(["sqlalchmy"])


@settings(max_examples=30)
@given(selections)
def test_every_file_has_an_owner_and_shared_files_are_derived(chosen: list[str]) -> None:
    resolved = {extension.id for extension in CATALOG.resolve(chosen)}
    tree = tree_of(chosen)

    always = {"base", "gunicorn", "heroku", "uwsgi-ini"}
    assert {file.owner for file in tree.values()} - resolved <= always
    assert tree["my_shop/extensions.py"].policy == "derived"
    assert tree["my_shop/core/app.py"].policy == "managed"
    assert tree["my_shop/public/views.py"].policy == "seed"
