(".news.blueprint", {"url_prefix": "/news"}),
