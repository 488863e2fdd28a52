@manager.command
def create_tables() -> None:
    """Create the tables that the database lacks."""
    db.create_all()
