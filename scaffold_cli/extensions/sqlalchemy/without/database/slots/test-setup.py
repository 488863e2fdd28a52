db.create_all()
self.addCleanup(db.engine.dispose)
self.addCleanup(db.session.remove)
