from .toolbar_headers import allow_toolbar
