"""Views of the questions and answers."""

from flask import render_template

from .questions import QUESTIONS


def faq() -> str:
    """Show the questions; a click unfolds the answer."""
    return render_template("faq/faq.html", questions=QUESTIONS)
