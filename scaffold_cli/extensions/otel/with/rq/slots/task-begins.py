begin_span(self)
