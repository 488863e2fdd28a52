@manager.command
def add_page(title: str, text: str = "") -> None:
    """Add a page and print where it is shown."""
    page = Page.create(title=title, text=text)
    print(f"Added: /pages/{page.id}")


@manager.command
def release() -> None:
    """Create the tables that the database lacks: the release process of the Procfile."""
    db.create_tables(Base.__subclasses__())
    if "HONCHO_PROCESS_NAME" in os.environ:
        # honcho stops all processes as soon as one of them ends.
        Event().wait()
