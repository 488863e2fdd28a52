"""``/api/pages``, to write: who changes a page has to have seen it as it is."""

from typing import Any

from ..extensions import db
from ..models import Page
from ..rest import Resource
from ..schemas import PageSchema
from .writers import NEEDS_TOKEN, for_writers

blueprint = Resource(
    "api_page_editing", __name__, description="To write: with a token."
)


@blueprint.route("", methods=["POST"])
@for_writers
@blueprint.etag
@blueprint.arguments(PageSchema)
@blueprint.response(201, PageSchema)
@blueprint.doc(**NEEDS_TOKEN)
def add_page(values: dict[str, Any]) -> Page:
    """Add a page."""
    page = Page(**values)
    db.session.add(page)
    db.session.commit()
    return page


@blueprint.route("/<int(max=2147483647):pk>", methods=["PUT"])
@for_writers
@blueprint.etag
@blueprint.arguments(PageSchema)
@blueprint.response(200, PageSchema)
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.doc(**NEEDS_TOKEN)
def change_page(values: dict[str, Any], pk: int) -> Page:
    """Put another title and text in place of a page's."""
    page = db.get_or_404(Page, pk)
    blueprint.check_etag(page, PageSchema)
    page.title, page.text = values["title"], values["text"]
    db.session.commit()
    return page


@blueprint.route("/<int(max=2147483647):pk>", methods=["DELETE"])
@for_writers
@blueprint.etag
@blueprint.response(204)
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.doc(**NEEDS_TOKEN)
def delete_page(pk: int) -> None:
    """Delete a page."""
    page = db.get_or_404(Page, pk)
    blueprint.check_etag(page, PageSchema)
    db.session.delete(page)
    db.session.commit()
