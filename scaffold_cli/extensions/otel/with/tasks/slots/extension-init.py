trace_tasks(app)
