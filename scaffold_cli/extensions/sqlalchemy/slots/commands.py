@manager.command
def add_page(title: str, text: str = "") -> None:
    """Add a page and print where it is shown."""
    page = Page(title=title, text=text)
    db.session.add(page)
    db.session.commit()
    print(f"Added: /pages/{page.id}")
