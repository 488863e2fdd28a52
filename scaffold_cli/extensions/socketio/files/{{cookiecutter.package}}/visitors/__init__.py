"""A page that shows who is here, as it changes."""
