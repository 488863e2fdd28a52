(".pages.blueprint", {"url_prefix": "/pages"}),
