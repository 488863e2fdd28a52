"""What load balancers ask for, who know a machine by its address only."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class AnyHost:
    """Has some paths be asked for by a host that is trusted, whatever the client says."""

    def __init__(
        self, application: "WSGIApplication", paths: Collection[str], host: str
    ) -> None:
        self.application = application
        self.paths = paths
        self.host = host

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Pass a request on."""
        if environ["PATH_INFO"] in self.paths:
            environ["HTTP_HOST"] = self.host
        return self.application(environ, start_response)
