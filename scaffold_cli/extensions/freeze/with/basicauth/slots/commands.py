@manager.command
def freeze() -> None:
    """Write the public pages as files into the folder build."""
    app = create_app(FROZEN_SETTINGS)
    if app.config["BASIC_AUTH_WHOLE_SITE"]:
        raise FreezeError(
            "The whole site is behind a password, which files can't ask for.\n"
            "       Set BASIC_AUTH_WHOLE_SITE=0, and anybody may read what is frozen."
        )
    with app.app_context():
        print(f"Frozen: {len(freezer.freeze())} files.")
