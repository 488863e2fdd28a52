begin_span(task.name, headers)
