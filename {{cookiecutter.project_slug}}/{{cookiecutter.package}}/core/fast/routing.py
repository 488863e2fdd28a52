"""What is remembered of earlier requests: hosts that are fine, rules without variables."""

from werkzeug.routing import Map, MapAdapter, Rule

from .request import (
    HOST,
    METHOD,
    PATH_INFO,
    QUERY_STRING,
    SCHEME,
    SCRIPT_NAME,
    Request,
)
from .stock import watch

# Clients send whatever they like as host: remember a few, and begin anew then.
MOST_HOSTS = 256

_map_methods, _map_unpatched = watch(Map, "bind", "bind_to_environ", "update")
_adapter_methods, _adapter_unpatched = watch(MapAdapter, "__init__", "match")


class Routes:
    """What was learned from Werkzeug about one URL map."""

    def __init__(self, url_map: Map) -> None:
        self.url_map = url_map
        self.hosts: dict[tuple[str, str, str | None], tuple[str, str]] = {}
        self.rules: dict[tuple[str, str], Rule] = {}

    def bind(self, request: Request, setting: str | None) -> MapAdapter | None:
        """Bind the map to a request, if its host is known to be fine.

        :param setting: the setting SERVER_NAME.
        """
        snapshot = request.snapshot
        scheme = snapshot[SCHEME]
        known = self.hosts.get((scheme, snapshot[HOST], setting))
        if known is None or _map_methods(Map) != _map_unpatched:
            return None
        adapter = MapAdapter.__new__(MapAdapter)
        request.host, adapter.server_name = known
        adapter.map = self.url_map
        adapter.script_name = snapshot[SCRIPT_NAME]
        if not adapter.script_name.endswith("/"):
            adapter.script_name += "/"
        adapter.subdomain = self.url_map.default_subdomain or ""
        adapter.url_scheme = scheme
        adapter.path_info = snapshot[PATH_INFO]
        adapter.default_method = snapshot[METHOD]
        adapter.query_args = snapshot[QUERY_STRING]
        adapter.websocket = False
        return adapter

    def learn_host(
        self, request: Request, setting: str | None, adapter: MapAdapter | None
    ) -> None:
        """Remember the host that stock Flask bound the map for."""
        if type(adapter) is not MapAdapter or adapter.websocket:
            return
        if len(self.hosts) >= MOST_HOSTS:
            self.hosts.clear()
        key = (request.snapshot[SCHEME], request.snapshot[HOST], setting)
        self.hosts[key] = (request.host, adapter.server_name)

    def find(self, adapter: MapAdapter) -> Rule | None:
        """Return the rule that is known to match, if there is one."""
        rule = self.rules.get((adapter.path_info, adapter.default_method))
        if (
            rule is None
            or rule.subdomain != adapter.subdomain
            or adapter.websocket
            or self.url_map._remap
            or _adapter_methods(MapAdapter) != _adapter_unpatched
        ):
            return None
        return rule

    def learn_rule(self, adapter: MapAdapter, rule: Rule) -> None:
        """Remember a rule that matched, if its path says all that there is to say.

        Such a rule stands where its path leads to without trying anything else, and
        before any rule that may be added later.
        """
        if (
            type(rule) is Rule
            and rule.rule == adapter.path_info
            and rule.subdomain == adapter.subdomain
            and not (rule.arguments or rule.redirect_to or rule.alias)
            and rule.methods is not None
            and adapter.default_method in rule.methods
            and not adapter.websocket
        ):
            self.rules[adapter.path_info, adapter.default_method] = rule
