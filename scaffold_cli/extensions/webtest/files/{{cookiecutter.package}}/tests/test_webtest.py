"""A visitor follows every link and sends every form."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from webtest import TestResponse

from .browser import BrowserTestCase


class VisitTest(BrowserTestCase):
    def test_no_link_leads_nowhere(self) -> None:
        for page in self.pages():
            with self.subTest(page.request.path):
                self.assertNotEqual(404, page.status_int)
                self.assertLess(page.status_int, 500)

    def test_every_form_can_be_sent_as_it_stands(self) -> None:
        for page in self.pages():
            if page.content_type != "text/html":
                continue
            for form in page.forms.values():
                with self.subTest(page.request.path, action=form.action):
                    answer = form.submit(expect_errors=True)
                    self.assertNotIn(answer.status_int, (404, 405))
                    self.assertLess(answer.status_int, 500)

    def pages(self) -> Iterator[TestResponse]:
        """Open the front page, and every page of this site that links lead to."""
        visitor = self.browse()
        found = ["/"]
        for path in found:
            page = visitor.get(path, expect_errors=True)
            yield page
            found += [target for target in links(page) if target not in found]


def links(page: TestResponse) -> set[str]:
    """Return the paths on this site that a page, or a redirect, leads to."""
    addresses = [page.location] if page.location else []
    if page.content_type == "text/html":
        addresses += [link["href"] for link in page.html.find_all("a", href=True)]
    here = urlsplit(page.request.url)
    targets = [urlsplit(urljoin(page.request.url, address)) for address in addresses]
    return {target.path for target in targets if target[:2] == here[:2]}
