"""What is frozen: pages that are the same for everybody."""

from .frozen_site import Urls
# slot: frozen-imports

# How the application is set up while it is frozen.
FROZEN_SETTINGS: dict[str, object] = {
    "DEBUG": False,
    # slot: frozen-settings
}


def frozen_urls() -> Urls:
    """Yield the endpoint and the values of each page."""
    yield "public.index", {}
    # slot: frozen-urls
