begin_span(self.name, vars(self.request))
