from .database_traces import trace_database
