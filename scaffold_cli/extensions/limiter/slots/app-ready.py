extensions.limiter.limit_endpoints(app)
