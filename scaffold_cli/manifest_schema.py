"""Manifests of others, checked against the published schema before anything is made of them."""

import json
import os
import tomllib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .errors import ManifestError
from .extension import MANIFEST
from .locations import PACKAGE, read

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

SCHEMA = os.path.join(PACKAGE, "extension.schema.json")


def check(folder: str) -> None:
    """Refuse an extension whose manifest breaks the schema.

    Args:
        folder: The extension's folder.

    Raises:
        ManifestError: Names the file, the key and what the key must be.
    """
    for problem in problems(folder):
        raise ManifestError(problem, "docs/extensions.md describes every key.")


def problems(folder: str) -> Iterator[str]:
    """Yield what is wrong with an extension's manifest, one line each."""
    path = os.path.join(folder, MANIFEST)
    try:
        data = tomllib.loads(read(path))
    except ValueError as error:
        yield f"{path} is no TOML: {error}."
        return
    from jsonschema import Draft202012Validator

    for broken in Draft202012Validator(json.loads(read(SCHEMA))).iter_errors(data):
        yield f"{path}: {_told(broken)}"
    if data.get("id", os.path.basename(folder)) != os.path.basename(folder):
        yield f"{path}: id must be the folder's name, {os.path.basename(folder)!r}."


def _told(error: "ValidationError") -> str:
    key = ".".join(map(str, error.absolute_path))
    meaning = error.schema.get("description", "") if isinstance(error.schema, dict) else ""
    return " ".join(filter(None, [f"{key}:" if key else "", f"{error.message}.", meaning]))
