# What scripts of those sites may read beside the answer itself.
CORS_EXPOSE_HEADERS = ["ETag", "X-Pagination"]
