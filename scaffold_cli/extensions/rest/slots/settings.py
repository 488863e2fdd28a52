# flask-smorest: what /api/openapi.json says of the API, and where it is
API_VERSION = "1.0"
OPENAPI_VERSION = "3.0.3"
OPENAPI_URL_PREFIX = "/api"
