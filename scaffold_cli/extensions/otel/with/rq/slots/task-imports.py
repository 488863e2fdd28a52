from opentelemetry.propagate import inject

from .task_traces import begin_span
