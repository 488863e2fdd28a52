(".oauth.blueprint", {"url_prefix": "/oauth"}),
