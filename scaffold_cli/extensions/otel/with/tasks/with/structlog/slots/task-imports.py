from .trace_logs import name_trace
