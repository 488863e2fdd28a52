"""Views of the application itself, outside any blueprint."""


def healthz() -> dict[str, str]:
    """Tell load balancers that the application answers."""
    return {"status": "ok"}
