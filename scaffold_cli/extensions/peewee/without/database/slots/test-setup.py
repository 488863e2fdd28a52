db.create_tables(Base.__subclasses__())
self.addCleanup(db.dispose)
