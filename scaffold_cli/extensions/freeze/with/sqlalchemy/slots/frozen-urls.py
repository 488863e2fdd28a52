yield "pages.index", {}
for page in db.session.scalars(select(Page)):
    yield "pages.page", {"pk": page.id}
