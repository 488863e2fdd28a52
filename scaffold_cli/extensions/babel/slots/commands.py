@manager.command
def add_language(code: str) -> None:
    """Begin the catalogue of a language: python manage.py add-language fr"""
    add_catalog(code)


@manager.command
def update_translations() -> None:
    """Collect the texts of code and templates, and merge them into the catalogues."""
    update_catalogs()


@manager.command
def compile_translations() -> None:
    """Compile the catalogues, .po to .mo, after translating; commit both."""
    compile_catalogs()
