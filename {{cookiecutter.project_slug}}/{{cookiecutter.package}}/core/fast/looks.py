"""Looks at all that the direct way relies on: that nothing was put in its place.

Each look reads the attributes by their names, which is the quickest way there is, and
is compared with what it saw of stock code and ours.
"""

from flask import Flask, Request, Response
from flask.ctx import AppContext, RequestContext, _AppCtxGlobals
from flask.sessions import SecureCookieSessionInterface
from werkzeug.routing import Map, MapAdapter

from .hooks import HOOKS, Hooks
from .stock import is_unpatched

Seen = tuple[object, ...]

# What may be set on an application itself.
REPLACEABLE = frozenset(
    (*HOOKS, "create_url_adapter", "request_class", "response_class")
) | {"app_ctx_globals_class"}


def before(kind: type[Flask]) -> Seen:
    """Look at what runs up to the view.

    :param kind: the class of the application.
    """
    return (
        kind.request_class,
        kind.app_ctx_globals_class,
        Request.trusted_hosts,
        kind.request_context,
        kind.app_context,
        kind.create_url_adapter,
        kind.full_dispatch_request,
        kind.preprocess_request,
        kind.dispatch_request,
        kind.ensure_sync,
        Flask.request_context,
        Flask.app_context,
        Flask.full_dispatch_request,
        Flask.preprocess_request,
        Flask.dispatch_request,
        Flask.ensure_sync,
        Request.__init__,
        RequestContext.__init__,
        RequestContext.push,
        RequestContext.match_request,
        AppContext.__init__,
        AppContext.push,
        Map.bind,
        Map.bind_to_environ,
        MapAdapter.match,
        SecureCookieSessionInterface.open_session,
        SecureCookieSessionInterface.get_signing_serializer,
        SecureCookieSessionInterface.get_cookie_name,
        SecureCookieSessionInterface.make_null_session,
    )


def after(kind: type[Flask]) -> Seen:
    """Look at what runs after the view, if there is nothing to do but to send text.

    :param kind: the class of the application.
    """
    return (
        kind.response_class,
        Response.default_mimetype,
        Response.default_status,
        Response.automatically_set_content_length,
        kind.finalize_request,
        kind.make_response,
        kind.process_response,
        kind.do_teardown_request,
        kind.do_teardown_appcontext,
        Flask.finalize_request,
        Flask.make_response,
        Flask.process_response,
        Flask.do_teardown_request,
        Flask.do_teardown_appcontext,
        SecureCookieSessionInterface.is_null_session,
        SecureCookieSessionInterface.save_session,
        Response.__init__,
        Response.set_data,
        Response.__call__,
        Response.get_wsgi_response,
        Response.get_wsgi_headers,
        Response.get_app_iter,
        Response.close,
        Request.close,
        RequestContext.pop,
        AppContext.pop,
    )


def expected(seen: Seen, *values: object) -> Seen | None:
    """Return what a look has to see; None if something was patched before this.

    :param seen: what it sees now, attributes that are no methods first.
    :param values: what these are in stock Flask.
    """
    methods = seen[len(values) :]
    return (*values, *methods) if all(map(is_unpatched, methods)) else None


BEFORE = expected(before(Hooks), Request, _AppCtxGlobals, None)
AFTER = expected(after(Hooks), Response, "text/html", 200, True)
