"""The fixtures of pytest: what ``AppTestCase`` has, for tests that are functions."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient, FlaskCliRunner

from ..core import App
from .base import AppTestCase


@pytest.fixture
def case() -> Iterator[AppTestCase]:
    """A test case that is set up: its application, and what every test needs."""
    with AppTestCase.prepared() as case:
        yield case


@pytest.fixture
def app(case: AppTestCase) -> App:
    """The application, with the context of a request to ``/`` pushed."""
    return case.app


@pytest.fixture
def client(case: AppTestCase) -> FlaskClient:
    """What makes requests."""
    return case.client


@pytest.fixture
def runner(case: AppTestCase) -> FlaskCliRunner:
    """What runs commands."""
    return case.runner
