@manager.command
def collect() -> None:
    """Build the bundles, and copy all static files into one folder, compressed."""
    assets.build()
    print(f"Collected {whitenoise.collect()} files.")
