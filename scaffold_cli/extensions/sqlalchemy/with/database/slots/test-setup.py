db.create_all()
self.addCleanup(db.engine.dispose)
self.addCleanup(db.drop_all)
self.addCleanup(db.session.remove)
