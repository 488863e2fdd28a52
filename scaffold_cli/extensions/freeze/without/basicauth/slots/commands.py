@manager.command
def freeze() -> None:
    """Write the public pages as files into the folder build."""
    with create_app(FROZEN_SETTINGS).app_context():
        print(f"Frozen: {len(freezer.freeze())} files.")
