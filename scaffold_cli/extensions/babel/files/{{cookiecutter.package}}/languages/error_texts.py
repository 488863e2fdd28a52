"""What Werkzeug says of errors, written out for the catalogues to have it."""

from flask_babel import lazy_gettext as _

ERROR_TEXTS = (
    _("Bad Request"),
    _("The browser (or proxy) sent a request that this server could not understand."),
    _("Forbidden"),
    _(
        "You don't have the permission to access the requested resource."
        " It is either read-protected or not readable by the server."
    ),
    _("Not Found"),
    _(
        "The requested URL was not found on the server. If you entered"
        " the URL manually please check your spelling and try again."
    ),
    _("Method Not Allowed"),
    _("The method is not allowed for the requested URL."),
    _("Request Entity Too Large"),
    _("The data value transmitted exceeds the capacity limit."),
    _("Too Many Requests"),
    _("This user has exceeded an allotted request count. Try again later."),
    _("Internal Server Error"),
    _(
        "The server encountered an internal error and was unable to"
        " complete your request. Either the server is overloaded or there"
        " is an error in the application."
    ),
)
