from .task_logs import log_tasks
