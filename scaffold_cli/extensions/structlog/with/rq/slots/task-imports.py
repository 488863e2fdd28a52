from .task_logs import send_id, take_id
