db.create_tables(Base.__subclasses__())
self.addCleanup(db.dispose)
self.addCleanup(db.drop_tables, Base.__subclasses__())
