@manager.command
def collect() -> None:
    """Copy all static files into one folder, compressed: run it when you deploy."""
    print(f"Collected {whitenoise.collect()} files.")
