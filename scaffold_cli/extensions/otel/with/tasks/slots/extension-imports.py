from .task_traces import trace_tasks
