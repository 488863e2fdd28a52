log_tasks()
