app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(app.config)
db.init_app(app)
add_need(app, "database", lambda: db.session.execute(text("SELECT 1")))
add_outage(app, is_outage)
