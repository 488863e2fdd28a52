"""Strategies for plans, calls and changes.

No text is drawn, and no place in a list of more than 100: there Hypothesis puts in constants that it
finds in the modules that happen to be loaded, and other requests would be made with other tests around.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

import hypothesis.strategies as st
from twin_views import after_acts, hook_acts, views
from twins import HOOKS, MEDDLERS, OVERRIDABLE, PATCHABLE, SIGNALS, Call, Change, Plan, Route

Drawn = TypeVar("Drawn")


def any_of(kinds: Sequence[st.SearchStrategy[Drawn]]) -> st.SearchStrategy[Drawn]:
    """Draw from each as often as it stands there; one_of leaves out what comes again, and counts the parts of another one_of."""
    return st.integers(0, len(kinds) - 1).flatmap(lambda number: kinds[number])


# Sessions take several requests to tell their story: let there be more of them.
VIEWS = [
    *sorted(views([])),
    *[
        "count",
        "read",
        "stay",
        "forget",
        "basket",
        "text",
        "glance",
        "links",
        "odd headers",
        "late echo",
    ]
    * 3,
]
BEFORE, AFTER = sorted(hook_acts([])), sorted(after_acts([]))
OWNERS = st.sampled_from(["", "", "", "outer", "inner"])
METHODS = st.sampled_from(
    [None, None, ("GET",), ("POST",), ("GET", "POST"), ("PUT", "OPTIONS"), ("HEAD", "DELETE")]
)
RULES = st.sampled_from(
    ["/", "/", "/a", "/a", "/a/", "/a/b", "/b/", "/é", "/A", "/a//b", "/<x>", "/<int:x>", "/i/<int:x>/", "/f/<float:x>",
     "/p/<path:x>", "/p/<path:x>/end", "/u/<uuid:x>", "/<any(a, b):x>/c", "/v/<reverse:x>", "/<x>/<int:y>", "/s/<string(length=2):x>"]
)  # fmt: skip
OPTIONS = st.sampled_from(
    [(), (), (), (), (("defaults", {"x": 1}),), (("strict_slashes", False),), (("subdomain", "sub"),), (("subdomain", "<who>"),),
     (("host", "example.com"),), (("host", "<who>.example.com"),), (("redirect_to", "/a"),), (("merge_slashes", False),),
     (("provide_automatic_options", False),), (("websocket", True),), (("build_only", True),)]
)  # fmt: skip
CONFIG = [
    st.tuples(st.just("SECRET_KEY"), st.sampled_from(["key", "key", "other", b"bytes", None, "", 7])),
    st.tuples(st.just("SECRET_KEY_FALLBACKS"), st.sampled_from([None, ["key"], ["old", "other"]])),
    st.tuples(st.just("SERVER_NAME"), st.sampled_from([None, "example.com", "Example.com:80", "example.com:8080"])),
    st.tuples(st.just("TRUSTED_HOSTS"), st.sampled_from([None, ["example.com"], [".example.com"]])),
    st.tuples(st.just("APPLICATION_ROOT"), st.sampled_from(["/", "/root"])),
    st.tuples(st.just("PROPAGATE_EXCEPTIONS"), st.sampled_from([None, True, False])),
    st.tuples(st.just("TESTING"), st.booleans()),
    st.tuples(st.just("DEBUG"), st.sampled_from([False, False, True])),
    st.tuples(st.just("TRAP_HTTP_EXCEPTIONS"), st.sampled_from([False, False, True])),
    st.tuples(st.just("TRAP_BAD_REQUEST_ERRORS"), st.sampled_from([None, True])),
    st.tuples(st.just("SESSION_REFRESH_EACH_REQUEST"), st.booleans()),
    st.tuples(st.just("SESSION_COOKIE_NAME"), st.sampled_from(["session", "s"])),
    st.tuples(st.just("SESSION_COOKIE_PATH"), st.sampled_from([None, "/a"])),
    st.tuples(st.just("PERMANENT_SESSION_LIFETIME"), st.sampled_from([timedelta(31), timedelta(-1), 60, "wrong"])),
    st.tuples(st.just("MAX_CONTENT_LENGTH"), st.sampled_from([None, 4])),
    st.tuples(st.just("PROVIDE_AUTOMATIC_OPTIONS"), st.booleans()),
]  # fmt: skip

routes = st.builds(Route, RULES, st.sampled_from(VIEWS), METHODS, OPTIONS, OWNERS)
# Most of what applications are made of: plain rules, which most requests are for.
plain_routes = st.tuples(
    *(st.builds(Route, st.just(rule), st.sampled_from(VIEWS)) for rule in ("/", "/a", "/b")),
    st.builds(Route, st.sampled_from(["/a/", "/<x>", "/b/"]), st.sampled_from(VIEWS), st.sampled_from([None, ("GET", "POST")])),
)  # fmt: skip
hooks = st.one_of(
    st.tuples(st.just("before_request"), OWNERS, st.sampled_from(BEFORE)),
    st.tuples(st.just("after_request"), OWNERS, st.sampled_from(AFTER)),
    st.tuples(st.just("teardown_request"), OWNERS, st.sampled_from(["", "", "fail"])),
    st.tuples(st.just("teardown_appcontext"), st.just(""), st.sampled_from(["", "", "fail"])),
    st.tuples(st.just("url_value_preprocessor"), OWNERS, st.just("")),
    st.tuples(st.just("context_processor"), OWNERS, st.just("")),
)
handlers = st.tuples(
    st.sampled_from([404, 405, 500, 418, Exception, ValueError, RuntimeError]),
    OWNERS,
    st.sampled_from(["answer", "pass on", "pass on", "fail"]),
)
# Applications whose requests go directly to their views, and what happens to them.
TEXTS = ["text", "bytes", "echo", "template", "page", "links", "mark"]
# One of the two rules that most requests are for: so no few lives decide how many go directly.
texts = st.sampled_from(TEXTS)
plain_views = st.sampled_from(
    [*TEXTS * 2, "dict", "list", "later", "nested", "read", "stay", "late echo"]
)
direct_plans = st.builds(
    Plan,
    routes=st.tuples(texts, plain_views, plain_views, any_of([*[st.sampled_from(VIEWS)] * 3, st.sampled_from([*MEDDLERS])]))
    .map(lambda names: tuple(Route(rule, name, ("GET", "POST")) for rule, name in zip(("/", "/i/<int:x>", "/m/<meddle:x>", "/b"), names, strict=True))),
    config=st.sampled_from([(), (("SECRET_KEY", "key"),), (("TRUSTED_HOSTS", ["example.com"]),)]),
    hooks=st.sampled_from([(), (), (("before_request", "", "replace"),), (("before_request", "", "answer"),), (("teardown_appcontext", "", "fail"),)]),
)  # fmt: skip
plans = st.builds(
    Plan,
    routes=st.tuples(plain_routes, st.lists(routes, max_size=6)).map(lambda two: (*two[0], *two[1])),
    config=st.integers(0, 5)
    .flatmap(lambda n: st.lists(st.one_of(CONFIG), max_size=max(0, n - 2), unique_by=lambda item: item[0]))
    .flatmap(lambda items: st.sampled_from([(("SECRET_KEY", "key"), *items), tuple(items)])),
    hooks=st.sampled_from([0, 0, 1, 2, 3, 5, 8]).flatmap(lambda n: st.lists(hooks, min_size=n, max_size=n)).map(tuple),
    handlers=st.lists(handlers, max_size=2).map(tuple),
    signals=st.one_of(st.just(()), st.lists(st.sampled_from(SIGNALS), max_size=10, unique=True).map(tuple)),
    overrides=st.one_of(st.just(()), st.just(()), st.lists(st.sampled_from(OVERRIDABLE), max_size=4, unique=True).map(tuple)),
    sessions=st.sampled_from(["", "", "", "", "own", "salted"]),
    host_matching=st.sampled_from([False] * 15 + [True]),
    subdomain_matching=st.sampled_from([False] * 5 + [True]),
)  # fmt: skip

PATHS = st.sampled_from(
    ["/", "/", "/a", "/a", "/a/", "/a/b", "/a//b", "//a", "/b", "/b/", "/5", "/i/5", "/i/5/", "/f/1.5", "/p/x/y", "/p/x/end",
     "/u/12345678-1234-5678-1234-567812345678", "/v/rabc", "/a/c", "/x/3", "/s/ab", "/bp/a", "/bp/", "/bp/in/a", "/bp/in/",
     "/bp/in/5", "/named", "/static/x.css", "/none", "", "/\xc3\xa9", "/A", "/new", "*"]
)  # fmt: skip
SESSIONS = st.sampled_from(
    [
        "",
        "last",
        "last",
        "last",
        "session=garbage",
        "session=; a=1",
        "a=b; c",
        "none=1",
        "session=\xff\xe9",
    ]
)
HOSTS = st.sampled_from(
    ["example.com:80", "example.com:80", "example.com:443", "example.com:8080", "EXAMPLE.com", "sub.example.com", "a.sub.example.com", "[::1]:5000",
     "bad host", "", "a..b", "x" * 70 + ".com", "\xe9.com", "other.org"]
)  # fmt: skip
HEADERS = st.sampled_from(
    [("Range", "bytes=2-5"), ("Range", "bytes=500-"), ("If-None-Match", '"e"'), ("If-Range", '"f"'), ("Upgrade", "websocket"),
     ("Connection", "Upgrade"), ("Connection", "keep-alive"), ("X-Forwarded-For", "1.2.3.4, 5.6.7.8"), ("Accept", "text/html")]
)  # fmt: skip
KEYS = st.sampled_from(
    ["REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "REMOTE_ADDR",
     "wsgi.url_scheme", "HTTP_COOKIE", "HTTP_CONNECTION", "CONTENT_LENGTH", "wsgi.input"]
)  # fmt: skip

plain_calls = st.builds(
    Call, st.sampled_from([*["GET"] * 7, "POST", "HEAD"]), st.sampled_from(["/", "/a", "/b", "/", "/a", "/b", "/a/", "/x"]), cookie=SESSIONS
)  # fmt: skip
odd_calls = st.builds(
    Call,
    method=st.sampled_from(["GET"] * 4 + ["HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS", "OPTIONS", "get", "BREW", "--"]),
    path=PATHS,
    query=st.sampled_from(["", "x=1", "x=1&x=2&\xc3\xa9=%C3%A9", "a%zz"]),
    host=st.one_of(st.just("example.com"), HOSTS),
    script=st.sampled_from(["", "", "", "/app", "/app/", "/\xc3\xa9"]),
    scheme=st.sampled_from(["http"] * 4 + ["https", "https", "ws"]),
    cookie=SESSIONS,
    body=st.sampled_from([b"", b"", b"", b"x=1&y=2", b'{"a": 1}', b"\xff"]),
    headers=st.lists(HEADERS, max_size=2).map(tuple),
)  # fmt: skip
odd_paths = st.lists(st.sampled_from("/ab5\xe9%\xff\u20ac"), max_size=5).map("".join)
malformed_calls = st.builds(
    Call,
    path=st.one_of(st.just("/"), PATHS, odd_paths),
    cookie=SESSIONS,
    changes=st.tuples(st.tuples(KEYS, st.sampled_from([None, None, "", "\u20ac", "\xff", b"bytes", 7, "8080"]))),
)  # fmt: skip
changes = st.one_of(
    st.builds(Change, st.just("config"), st.one_of(CONFIG)),
    st.builds(
        Change, st.just("trust"), st.sampled_from([["other.org"], ["other.org", "example.com"], []])
    ),
    st.builds(Change, st.just("listen"), st.sampled_from(SIGNALS)),
    st.builds(Change, st.just("rule"), st.sampled_from(["/new", "/a", "/a/", "/", "/a/<y>"])),
    st.builds(Change, st.just("sessions"), st.booleans()),
    st.builds(Change, st.just("response")),
    st.builds(Change, st.just("request")),
    st.builds(Change, st.just("on the instance"), st.sampled_from(OVERRIDABLE)),
)
settings = st.sampled_from(
    [
        ("SECRET_KEY", "key"),
        ("SECRET_KEY", "other"),
        ("SERVER_NAME", None),
        ("SERVER_NAME", "example.net:81"),
    ]
)
settings_changes = st.builds(Change, st.just("config"), settings)
# Sessions get old, and clocks are set back, too.
waits = st.builds(Change, st.just("clock"), st.sampled_from([1, 61, 40 * 24 * 3600, -1]))
step = any_of(
    [*[plain_calls] * 8, *[odd_calls] * 5, malformed_calls, changes, settings_changes, waits]
)
steps = st.lists(step, min_size=16, max_size=40)

direct_calls = st.builds(
    Call, st.sampled_from([*["GET"] * 12, "POST", "HEAD", "OPTIONS"]), st.sampled_from([*["/", "/", "/i/5"] * 6, "/b"]), cookie=st.sampled_from([""] * 8 + ["last", "last", "a=b", "a=session", "session"])
)  # fmt: skip
replaced = st.sampled_from(
    [
        *(Change("on the class", name) for name in OVERRIDABLE),
        *(Change("on the instance", name) for name in OVERRIDABLE),
        *(Change("patch", place) for place in PATCHABLE),
    ]
)
noticed = st.sampled_from(
    [
        *[Change("hook", name) for name in HOOKS] * 4,
        *[Change("listen", name) for name in SIGNALS] * 3,
        *[Change("config", ("SECRET_KEY", key)) for key in ("key", "other")] * 4,
        *[Change("trust", ["other.org"])] * 3,
    ]
)
meddling_calls = st.just(Call(path="/m/x"))
unusual = any_of(
    [
        direct_calls,
        replaced,
        replaced,
        noticed,
        odd_calls,
        malformed_calls,
        meddling_calls,
        changes,
        waits,
    ]
)


def lives(unusual: st.SearchStrategy[Call | Change]) -> st.SearchStrategy[list[Call | Change]]:
    """Return requests enough to learn from, then something unusual, and the same requests again, twice."""
    calls = st.lists(direct_calls, min_size=6, max_size=10)
    stretches = st.tuples(calls, unusual).map(lambda both: [*both[0], both[1]])
    return st.tuples(stretches, stretches, calls).map(
        lambda parts: [step for part in parts for step in part]
    )


direct_steps = lives(unusual)
