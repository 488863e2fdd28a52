log_tasks(app)
