"""Settings under which tests may upload."""

OPEN = {"UPLOADS_OPEN": True}
