@manager.command
def export_pages(file: str) -> None:
    """Write all pages to a JSON file."""
    Path(file).write_text(dump_pages(), encoding="utf-8")


@manager.command
def import_pages(file: str) -> int:
    """Add the pages of a JSON file: all of them, or none when something is wrong."""
    try:
        count = load_pages(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError, ValidationError) as error:
        print(f"Nothing was added: {error}")
        return 1
    print(f"Added: {count}")
    return 0
