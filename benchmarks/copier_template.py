"""A copier template of the same size: a generated project, turned back into one.

Same files, same questions; where a name occurs, in a path or a text, stands a Jinja variable. The mirror in ``.scaffold/``
is left out: copier keeps none, so it need not write one.
"""

import json
import re
from pathlib import Path
from typing import Any

NAME = "Zebra Crossing"  # words that nothing else in a project holds
# Replaced in this order.
VARIABLES = {
    "Zebra Crossing": "{{ project_name }}",
    "zebra-crossing": "{{ project_slug }}",
    "zebra_crossing": "{{ package }}",
}
DEFAULTS = {
    "project_name": NAME,
    "project_slug": "{{ project_name | lower | replace(' ', '-') }}",
    "package": "{{ project_slug | replace('-', '_') }}",
    "description": "{{ project_name }}, a Flask application.",
    "extensions": "debugtoolbar migrate sqlalchemy wtf",
    "python_version": "3.11",
}
_OPENING = re.compile(r"\{[{%#]")


def make(project: Path, questions: Path, template: Path) -> None:
    """Write the template.

    Args:
        project: A project that ``scaffold new "Zebra Crossing"`` made.
        questions: ``cookiecutter.json``.
        template: The folder to make.
    """
    for path, content in contents(project).items():
        file = template / _with_variables(path)
        text = content.decode()
        if any(name in text for name in VARIABLES):
            file = file.with_name(file.name + ".jinja")
            text = _with_variables(_OPENING.sub(r"{{ '\g<0>' }}", text))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    asked = json.loads(questions.read_text("utf-8"))
    (template / "copier.yml").write_text(json.dumps(_questions(asked)), "utf-8")  # JSON is YAML


def contents(project: Path) -> dict[str, bytes]:
    """Return a project's files, by path; ``.scaffold/`` is left out."""
    files = (file for file in sorted(project.rglob("*")) if file.is_file())
    found = {file.relative_to(project).as_posix(): file.read_bytes() for file in files}
    return {path: content for path, content in found.items() if not path.startswith(".scaffold/")}


def _with_variables(text: str) -> str:
    for name, variable in VARIABLES.items():
        text = text.replace(name, variable)
    return text


def _questions(asked: dict[str, Any]) -> dict[str, Any]:
    """Turn cookiecutter's questions into copier's."""
    return {
        name: {
            "type": "str",
            "help": asked["__prompts__"][name],
            "default": DEFAULTS.get(name, default if isinstance(default, str) else default[0]),
            **({} if isinstance(default, str) else {"choices": default}),
        }
        for name, default in asked.items()
        if not name.startswith("_")
    }
