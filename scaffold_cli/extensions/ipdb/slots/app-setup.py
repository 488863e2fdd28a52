set_debugger(app)
