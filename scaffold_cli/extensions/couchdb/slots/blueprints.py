(".notes.blueprint", {"url_prefix": "/notes"}),
