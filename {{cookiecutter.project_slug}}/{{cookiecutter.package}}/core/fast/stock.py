"""What the fast path knows of stock Flask: versions, private names, unpatched methods."""

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from operator import attrgetter
from types import FunctionType
from typing import Any

# The fast path engages on these versions only: those that its tests passed on.
TESTED = {"flask": ("3.1.3",), "werkzeug": ("3.1.9",)}

# Every private name that the fast path relies on, by where it is to be found. Names
# of instances are looked for among the names that the code of a method uses.
PRIVATE = {
    "flask.ctx:_AppCtxGlobals": (),
    "flask.ctx:_sentinel": (),
    "flask.globals:_cv_app": (),
    "flask.globals:_cv_request": (),
    "flask.helpers:_split_blueprint_path": (),
    "flask.templating:_default_template_ctx_processor": (),
    "flask.ctx:AppContext.__init__": ("_cv_tokens",),
    "flask.ctx:RequestContext.__init__": (
        "_after_request_functions",
        "_cv_tokens",
        "_session",
    ),
    "flask.sansio.app:App.__init__": ("_got_first_request",),
    "flask.json.provider:JSONProvider.__init__": ("_app",),
    "flask.json.provider:JSONProvider._prepare_response_obj": (),
    "flask.json.tag:TaggedJSONSerializer._untag_scan": (),
    "jinja2.utils:LRUCache.__init__": ("_mapping",),
    "werkzeug.datastructures:Headers.__init__": ("_list",),
    "werkzeug.routing:Map.__init__": ("_remap",),
    "werkzeug.wrappers:Response.__init__": ("_on_close",),
    "werkzeug.sansio.response:Response.status.fset": ("_status", "_status_code"),
}

STOCK = ("flask", "werkzeug")
OURS = f"{__package__}."


def obstacle() -> str:
    """Say what keeps the fast path from running here, or nothing."""
    for package, tested in TESTED.items():
        if version(package) not in tested:
            return f"it was not tested on {package} {version(package)}"
    missing = next((place for place in PRIVATE if not is_there(place)), None)
    return f"{missing} is not what it was" if missing else ""


def is_there(place: str) -> bool:
    """Tell whether a private name is there, and uses the names that it is to use.

    :param place: one of PRIVATE.
    """
    module, _, path = place.partition(":")
    try:
        found = attrgetter(path)(import_module(module))
    except (ImportError, AttributeError):
        return False
    names = PRIVATE[place]
    return not names or set(names) <= set(found.__code__.co_names)


def is_unpatched(method: object) -> bool:
    """Tell whether a method is one of stock code, or of ours.

    What replaces a method brings its own module's globals, even behind
    ``functools.wraps``.
    """
    if type(method) is not FunctionType:
        return False
    home = str(method.__globals__.get("__name__"))
    return home.partition(".")[0] in STOCK or home.startswith(OURS)


def unpatched(owner: type, name: str) -> Any:
    """Return a method, to be compared with later; None if something patched it already."""
    method = getattr(owner, name)
    return method if is_unpatched(method) else None


def watch(
    owner: type, *names: str, **values: object
) -> tuple[Callable[[type], Any], tuple[object, ...]]:
    """Return what reads attributes of a class, and what is to be read if all is stock.

    :param owner: the class; what it inherits counts, too.
    :param names: methods.
    :param values: other attributes, and what they are in stock Flask.
    """
    methods = (unpatched(owner, name) for name in names)
    return attrgetter(*names, *values), (*methods, *values.values())
