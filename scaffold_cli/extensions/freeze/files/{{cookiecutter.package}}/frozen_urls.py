"""What is frozen: pages that are the same for everybody."""

from .frozen_site import Urls
# slot: frozen-imports


def frozen_urls() -> Urls:
    """Yield the endpoint and the values of each page."""
    yield "public.index", {}
    # slot: frozen-urls
