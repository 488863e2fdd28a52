trace_database(app, db)
