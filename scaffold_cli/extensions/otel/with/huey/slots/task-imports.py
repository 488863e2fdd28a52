from .task_traces import begin_span
