"""Times and numbers read as people say them."""

from datetime import timedelta

from flask import render_template_string

from .base import AppTestCase


class WordingTest(AppTestCase):
    def test_a_time_is_told_from_now(self) -> None:
        text = render_template_string("{{ age|ago }}", age=timedelta(hours=2))
        self.assertEqual("2 hours ago", text)

    def test_a_large_number_is_told_in_words(self) -> None:
        text = render_template_string("{{ 2500000|in_words }}")
        self.assertEqual("2.5 million", text)
