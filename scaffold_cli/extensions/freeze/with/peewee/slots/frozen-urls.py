yield "pages.index", {}
for page in Page.select():
    yield "pages.page", {"pk": page.id}
