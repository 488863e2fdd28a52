"""The catalogues of translations, kept by Babel's own commands."""

from pathlib import Path
from tempfile import TemporaryDirectory

from babel.messages.frontend import CommandLineInterface

from .settings import ROOT

HERE = Path(__file__).resolve().parent
TRANSLATIONS = HERE / "translations"


def update_catalogs() -> None:
    """Merge the texts of code and templates into all catalogues."""
    with TemporaryDirectory() as folder:
        texts = extract_texts(Path(folder))
        pybabel("update", "-i", texts, "-d", TRANSLATIONS, "--no-fuzzy-matching")


def add_catalog(language: str) -> None:
    """Make the catalogue of one more language, to be translated."""
    with TemporaryDirectory() as folder:
        texts = extract_texts(Path(folder))
        pybabel("init", "-i", texts, "-d", TRANSLATIONS, "-l", language)


def compile_catalogs() -> None:
    """Compile what translators write, .po, to what the application reads, .mo."""
    pybabel("compile", "-d", TRANSLATIONS)


def extract_texts(folder: Path) -> Path:
    """Collect the texts into a file of a folder, and return its path."""
    texts = folder / "messages.pot"
    options = ("-F", ROOT / "pyproject.toml", "-k", "lazy_gettext", "--no-location")
    pybabel("extract", *options, "--project", HERE.name, "-o", texts, HERE)
    return texts


def pybabel(*arguments: str | Path) -> None:
    """Run a command of Babel's ``pybabel``."""
    command = ["pybabel", "--quiet", *map(str, arguments)]
    CommandLineInterface().run(command)  # type: ignore[no-untyped-call]
