"""``/api/pages``: the pages of the database, to read."""

from collections.abc import Sequence

from flask_smorest.pagination import PaginationParameters
from sqlalchemy import func, select

from ..extensions import db
from ..models import Page
from ..rest import Resource
from ..schemas import PageSchema

blueprint = Resource("api_pages", __name__, description="Pages of text.")


@blueprint.route("")
@blueprint.etag
@blueprint.response(200, PageSchema(many=True))
@blueprint.paginate()
def pages(pagination_parameters: PaginationParameters) -> Sequence[Page]:
    """List the pages by title."""
    wanted = pagination_parameters
    wanted.item_count = db.session.scalar(select(func.count(Page.id)))
    query = select(Page).order_by(Page.title, Page.id)
    # Behind the last one there is nothing, however large the number that is asked for.
    first = min(wanted.first_item, wanted.item_count)
    return db.session.scalars(query.offset(first).limit(wanted.page_size)).all()


@blueprint.route("/<int(max=2147483647):pk>")
@blueprint.etag
@blueprint.response(200, PageSchema)
@blueprint.alt_response(404, "NOT_FOUND")
def page(pk: int) -> Page:
    """Show one page."""
    return db.get_or_404(Page, pk)
