"""What is remembered of earlier requests: hosts that are fine, rules without variables."""

from collections.abc import Callable
from datetime import timedelta
from operator import itemgetter
from types import NoneType
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.routing import Map, MapAdapter, Rule

from .request import (
    HOST,
    METHOD,
    PATH_INFO,
    SCHEME,
    SCRIPT_NAME,
    Request,
    Snapshot,
)
from .stock import unpatched, watch

if TYPE_CHECKING:
    from .hooks import Hooks

# Clients send whatever they like as host: remember a few, and begin anew then.
MOST_HOSTS = 256

# What has to stay as it was for what is known of a request to hold.
read_settings: Callable[[dict[str, Any]], tuple[Any, ...]] = itemgetter(
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "PERMANENT_SESSION_LIFETIME",
    "SERVER_NAME",
    "TRUSTED_HOSTS",
)

_create_url_adapter = unpatched(Flask, "create_url_adapter")
_map_methods, _map_unpatched = watch(Map, "bind", "bind_to_environ")
_match = unpatched(MapAdapter, "match")

# What has to be the same for a host to be known: scheme, host, and these settings.
HostKey = tuple[str, str, str | None, tuple[str, ...] | None]

# A host's name for the request, and the server name that the map is bound to.
Names = tuple[str, str]

# Where a request leads to, if that is known, and the names of its host.
Known = tuple[Rule | None, Names]


class Routes:
    """What was learned from Werkzeug about one URL map."""

    def __init__(self, url_map: Map) -> None:
        self.url_map = url_map
        self._subdomain = url_map.default_subdomain
        self._hosts: dict[HostKey, Names] = {}
        self._rules: dict[tuple[str, str], Rule] = {}
        #: What is known of requests that are just like an earlier one.
        self.known: dict[Snapshot, Known] = {}
        #: The settings that this depends on; none if they are unusual.
        self.settings: tuple[Any, ...] = ()

    def find_host(self, app: Flask, request: Request) -> Names | None:
        """Return what is known of a request's host, if the settings are the usual ones."""
        config = app.config
        if (
            not are_hosts(config["TRUSTED_HOSTS"])
            or app.subdomain_matching
            or app.url_map is not self.url_map
            or type(app).create_url_adapter is not _create_url_adapter
            or "create_url_adapter" in vars(app)
            or _map_methods(Map) != _map_unpatched
        ):
            return None
        return self._hosts.get(host_key(config, request.snapshot))

    def learn_host(
        self, app: Flask, request: Request, adapter: MapAdapter | None
    ) -> None:
        """Remember the host that stock Flask bound the map for."""
        if (
            type(self.url_map) is not Map
            or self.url_map.host_matching
            or type(adapter) is not MapAdapter
            or not are_hosts(app.config["TRUSTED_HOSTS"])
            or app.subdomain_matching
            or app.url_map is not self.url_map
            or type(app).create_url_adapter is not _create_url_adapter
            or "create_url_adapter" in vars(app)
            or not request.snapshot[HOST]
        ):
            return
        if len(self._hosts) >= MOST_HOSTS:
            self._hosts.clear()
        key = host_key(app.config, request.snapshot)
        self._hosts[key] = (request.host, adapter.server_name)

    def bind(self, request: Request, server_name: str) -> MapAdapter:
        """Bind the map to a request whose host is known."""
        snapshot = request.snapshot
        return MapAdapter(
            self.url_map,
            server_name,
            snapshot[SCRIPT_NAME],
            self.url_map.default_subdomain or "",
            snapshot[SCHEME],
            snapshot[PATH_INFO],
            snapshot[METHOD],
            request.query,
        )

    def find_rule(self, request: Request) -> Rule | None:
        """Return the rule that is known to match a request whose host is known."""
        if (
            self.url_map._remap
            or self.url_map.default_subdomain != self._subdomain
            or MapAdapter.match is not _match
        ):
            return None
        snapshot = request.snapshot
        return self._rules.get((snapshot[PATH_INFO], snapshot[METHOD]))

    def learn_rule(self, app: Flask, request: Request, rule: Rule) -> None:
        """Remember a rule without variables, if its path says all that there is to say.

        Such a rule stands where its path leads to without trying anything else, and
        before any rule that may be added later.
        """
        snapshot = request.snapshot
        path, method = snapshot[PATH_INFO], snapshot[METHOD]
        if (
            type(rule) is Rule
            and rule.rule == path
            and rule.subdomain == (self._subdomain or "")
            and not (rule.redirect_to or rule.alias)
            and rule.methods is not None
            and method in rule.methods
        ):
            names = self.find_host(app, request)
            if names is not None:
                self._rules[path, method] = rule
                self.learn_request(request, rule, names)

    def learn_settings(self, app: "Hooks") -> None:
        """Remember the settings that what is known depends on, if they are usual.

        That is: if the session may wait, whatever the request is.
        """
        settings = read_settings(app.config)
        if settings != self.settings:
            self.known.clear()
            secret, fallbacks, lifetime, server_name, trusted = settings
            usual = (
                not app.has_own_settings
                and type(secret) in (str, bytes, NoneType)
                and fallbacks is None
                and type(lifetime) is timedelta
                and type(server_name) in (str, NoneType)
                and are_hosts(trusted)
            )
            # A copy of the list of hosts, as somebody may change it in its place.
            hosts = list(trusted) if usual and trusted is not None else None
            self.settings = (*settings[:-1], hosts) if usual else ()

    def learn_request(self, request: Request, rule: Rule, names: Names) -> None:
        """Remember where a request led to, for those that are just like it.

        :param names: those of its host.
        """
        if len(self.known) >= MOST_HOSTS:
            self.known.clear()
        if request.method != "OPTIONS":
            self.known[request.snapshot] = (rule, names)

    def find_known(self, app: Flask, snapshot: Snapshot) -> Known | None:
        """Return what is known of a request whose rule is not, if its host is known.

        The settings have to be as they were.
        """
        names = self._hosts.get(host_key(app.config, snapshot))
        return (None, names) if names and "".join(snapshot).isascii() else None

    def hold(self, app: Flask) -> bool:
        """Tell whether map and settings are as they were when something was learned."""
        url_map = self.url_map
        return (
            read_settings(app.config) == self.settings
            and app.url_map is url_map
            and not url_map._remap
            and url_map.default_subdomain == self._subdomain
            and not app.subdomain_matching
        )


def are_hosts(trusted: object) -> bool:
    """Tell whether TRUSTED_HOSTS is one of the usual values."""
    return trusted is None or (
        type(trusted) is list and all(type(host) is str for host in trusted)
    )


def host_key(config: dict[str, Any], snapshot: Snapshot) -> HostKey:
    """Return what a host is known by, with the settings that its check depends on."""
    trusted = config["TRUSTED_HOSTS"]
    hosts = None if trusted is None else tuple(trusted)
    return snapshot[SCHEME], snapshot[HOST], config["SERVER_NAME"], hosts
