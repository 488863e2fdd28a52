"""Answers: defaults, checks, and the one description of all questions."""

import json

import pytest

from scaffold_cli import answers, locations
from scaffold_cli.answers import complete, presets, questions
from scaffold_cli.errors import AnswersError


def test_a_name_alone_answers_everything() -> None:
    shop = complete({"project_name": "My Shop"})

    assert shop.project_slug == "my-shop"
    assert shop.package == "my_shop"
    assert shop.extensions == tuple(sorted(presets()["web"]))
    assert shop.deploy == "anywhere"
    assert shop.python_version == answers.running_python()


def test_later_defaults_follow_earlier_answers() -> None:
    shop = complete({"project_name": "My Shop", "project_slug": "web-shop"})

    assert shop.package == "web_shop"
    assert shop.description.startswith("My Shop")


def test_the_order_of_extensions_and_blueprints_does_not_matter() -> None:
    one = complete({"project_name": "x y", "extensions": "wtf login", "blueprints": "b a"})
    other = complete({"project_name": "x y", "extensions": "login,wtf", "blueprints": "a b"})

    assert one == other


def test_the_order_of_applications_does_not_matter() -> None:
    one, other = (complete({"project_name": "x y", "apps": apps}) for apps in ("b a", "a,b"))

    assert one == other and one.apps == ("a", "b")


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ({"apps": "class"}, "keyword"),
        ({"apps": "Backend"}, "app's name"),
        ({"apps": "a a"}, "taken"),
        ({"apps": "shop", "blueprints": "shop"}, "taken"),
        ({"deploy": "moon"}, "deploy"),
        ({"colour": "red"}, "colour"),
        ({"python_version": "3.8"}, "3.8"),
        ({"python_version": "new"}, "new"),
        ({"options": "loud"}, "loud"),
        ({"package": "class"}, "class"),
        ({"description": 'say "hi"'}, "description"),
    ],
    ids=str,
)
def test_an_answer_that_cannot_be_taken_is_named(given: dict[str, str], part: str) -> None:
    with pytest.raises(AnswersError) as refusal:
        complete({"project_name": "My Shop", **given})
    assert part in refusal.value.message
    assert refusal.value.hint
    assert refusal.value.exit_code == 2


def test_a_name_in_other_letters_is_refused_with_a_folder_name_to_take() -> None:
    with pytest.raises(AnswersError) as refusal:
        complete({"project_name": "Магазин"})
    assert "--set project_slug=magazin" in refusal.value.hint

    assert complete({"project_name": "Магазин", "project_slug": "magazin"}).package == "magazin"


def test_every_question_has_words_of_its_own() -> None:
    with open(locations.QUESTIONS, encoding="utf-8") as file:
        prompts = json.load(file)["__prompts__"]

    assert prompts.keys() == questions().keys()


def test_the_presets_hold_only_extensions_that_exist_and_stand_together() -> None:
    from scaffold_cli.catalog import Catalog

    catalog = Catalog()
    for ids in presets().values():
        assert set(ids) <= {extension.id for extension in catalog.resolve(ids)}
