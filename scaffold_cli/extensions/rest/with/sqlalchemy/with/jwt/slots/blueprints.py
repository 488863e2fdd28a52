(".api.page_editing", {"url_prefix": "/api/pages"}),
