db.session.remove()
db.engine.dispose()
