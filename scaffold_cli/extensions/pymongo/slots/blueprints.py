(".links.blueprint", {"url_prefix": "/links"}),
