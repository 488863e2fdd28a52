take_id(self)
