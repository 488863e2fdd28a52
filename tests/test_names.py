"""Names: what becomes of them, and which are refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slugify import slugify

from scaffold_cli import names
from scaffold_cli.errors import AnswersError


@pytest.mark.parametrize(
    ("words", "slug"),
    [("My Shop", "my-shop"), ("shop", "shop"), ("Café Zoë", "cafe-zoe"), ("Магазин", "magazin")],
)
def test_words_become_a_folder_name(words: str, slug: str) -> None:
    assert names.slug(words) == slug


@given(st.text("abcXYZ019 -_.!'()", max_size=30))
def test_plain_words_become_what_slugify_makes_of_them(words: str) -> None:
    assert names.slug(words) == slugify(words)


@given(st.text(max_size=40))
def test_a_slug_that_is_accepted_is_a_package_name_once_its_hyphens_are_underscores(
    words: str,
) -> None:
    slug = names.slug(words)
    try:
        names.check_slug(slug)
    except AnswersError:
        return
    assert names.identifier(slug).isidentifier()
    assert re.fullmatch("[a-z0-9_-]+", slug)


@pytest.mark.parametrize(
    "name",
    ["", "  ", "../up", "a/b", "a\\b", "..", ".", "x" * 300, "a\nb", 'a"b', "{{ x }}", "a\x00b"],
    ids=repr,
)
def test_a_project_name_that_is_no_plain_text_is_refused(name: str) -> None:
    with pytest.raises(AnswersError) as refusal:
        names.check_project_name(name)
    assert refusal.value.hint


@pytest.mark.parametrize(
    "package",
    ["class", "json", "flask", "sqlalchemy", "con", "manage", "1a", "", "My", "a-b", "x" * 100],
)
def test_a_package_name_that_hides_something_or_is_none_is_refused(package: str) -> None:
    with pytest.raises(AnswersError):
        names.check_package(package)


@pytest.mark.parametrize("slug", ["con", "nul", "lpt1", "-x", "x-", "X", "a b", "../x", "é", ""])
def test_a_folder_name_that_some_system_refuses_is_refused(slug: str) -> None:
    with pytest.raises(AnswersError):
        names.check_slug(slug)


def test_a_refused_folder_name_comes_with_one_that_can_be_taken() -> None:
    with pytest.raises(AnswersError) as refusal:
        names.check_slug("Мой Магазин")
    assert "project_slug=moi-magazin" in refusal.value.hint


@pytest.mark.parametrize(
    "blueprints", [["email"], ["Blog"], ["blog", "blog"], ["../x"], ["redis"], ["public"]]
)
def test_a_blueprint_s_or_an_application_s_name_that_hides_a_module_or_stands_twice_is_refused(
    blueprints: list[str],
) -> None:
    with pytest.raises(AnswersError):
        names.check_blueprints(blueprints, taken=["public"])
    with pytest.raises(AnswersError):
        names.check_apps(blueprints, taken=["public"])
