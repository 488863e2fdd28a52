for flat_page in flatpages:
    yield "flatpages.page", {"page": flat_page}
