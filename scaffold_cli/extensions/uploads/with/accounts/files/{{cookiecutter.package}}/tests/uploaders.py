"""Settings under which tests may upload."""

OPEN = {"LOGIN_DISABLED": True}
