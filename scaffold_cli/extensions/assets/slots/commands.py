@manager.command
def build_assets() -> None:
    """Merge scripts and styles into one file of each: run it when you deploy."""
    for file in assets.build():
        print(f"Built: {file.name}")
