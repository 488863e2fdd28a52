(".uploads.blueprint", {"url_prefix": "/uploads"}),
