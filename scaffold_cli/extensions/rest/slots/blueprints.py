(".api.docs", {"url_prefix": "/api/docs"}),
(".api.status", {"url_prefix": "/api/status"}),
