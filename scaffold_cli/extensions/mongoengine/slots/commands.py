@manager.command
def add_article(slug: str, title: str, text: str = "", tags: str = "") -> None:
    """Add a piece of news, with tags between spaces; one of that slug is changed."""
    Article(slug=slug, title=title, text=text, tags=tags.split()).save()
    print(f"Added: /news/{slug}")
