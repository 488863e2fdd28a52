(".api.pages", {"url_prefix": "/api/pages"}),
