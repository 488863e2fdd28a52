"Database": lambda: db.session.execute(text("SELECT 1")),
