"""The talk's "Funny numbers", remade: what ``scaffold new`` makes beside Bottle, Django, Flask, Pyramid and Tornado, on real servers.

    python benchmarks/talk.py [--rounds 3] [--seconds 1]

Everybody answers the talk's three URLs with the same bytes, on the framework's own server, gunicorn, uWSGI and granian. ``ab`` asks
as in the talk, and ``wrk`` for some seconds. All contenders of a server run at the same time and are asked in turn; ratios are
of the same round, so that what else the machine does falls out.
"""

import signal
import sys
import time
from argparse import ArgumentParser
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from applications.answers import FILLERS, HELLO, RENDERED
from lineup import CONTENDERS, GENERATED, MINIMAL, OTHERS, OURS, Contender, Lineup, lineup
from loads import Load, loads, missing_programs
from report import Aim, aims, hardware, machine, publish
from results import Case, Results
from servers import SERVERS, WSGI_SERVERS, Server, fetched, until_answered
from workbench import ROOT, warn_of_load

PAGE = ROOT / "docs" / "benchmarks.md"
PICTURE = ROOT / "docs" / "images" / "talk.svg"
URLS = ("/", "/environ", "/template")
WARMING = Load("warming", "ab -q -r -c 4 -n 100", requests=100)
EXPECTED = {"/": HELLO.encode(), "/template": RENDERED.read_bytes()}
SIZES = range(2500, 3700)  # bytes of /environ: each server tells more or less


def main() -> None:
    """Measure, and publish the tables and the picture."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="rounds (default: 3)")
    parser.add_argument("--seconds", type=int, default=1, help="of wrk, each (default: 1)")
    options = parser.parse_args()
    if missing := missing_programs():
        raise SystemExit(f"Not found: {', '.join(missing)}. Debian: apache2-utils, wrk.")
    warning = warn_of_load()
    # Servers are in process groups of their own, and end with the blocks below.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with TemporaryDirectory(prefix="benchmark-") as name:
        _tell("installing")
        everybody = lineup(Path(name))
        results = measured(everybody, options.rounds, loads(options.seconds))
        facts = f"{machine()}; {hardware()}; {everybody.versions()}. {warning}".rstrip()
        publish("talk", report(results, facts, options.rounds), PAGE)
    from picture import draw  # matplotlib, which nothing else here needs

    names = [server.name for server in SERVERS]
    draw(results, names, URLS, _longest(results), [ours.name for ours in OURS], PICTURE)


def measured(everybody: Lineup, rounds: int, loads: tuple[Load, ...]) -> Results:
    """Measure everybody on each server, round by round."""
    results = Results()
    begun = time.monotonic()
    for number in range(rounds):
        for server in SERVERS:
            minutes = (time.monotonic() - begun) / 60
            _tell(f"{minutes:.1f} minutes: round {number + 1} of {rounds}, {server.name}")
            contest(everybody, server, loads, results, number)
    return results


def contest(
    everybody: Lineup, server: Server, loads: tuple[Load, ...], results: Results, number: int
) -> None:
    """Measure everybody on one server once."""
    contenders = [contender for contender in CONTENDERS if server in contender.servers]
    turned = contenders[number % len(contenders) :] + contenders[: number % len(contenders)]
    with ExitStack() as stack:
        servers = {c: stack.enter_context(everybody.serving(server, c)) for c in contenders}
        for contender, (process, port) in servers.items():
            until_answered(process, port)
            check(contender, server, port)
        for url in URLS:
            headers = FILLERS if url == "/environ" else {}
            addresses = {c: f"http://127.0.0.1:{servers[c].port}{url}" for c in turned}
            for address in addresses.values():
                WARMING.run(address, headers)
            for load in loads:
                for contender, address in addresses.items():
                    case = Case(server.name, url, load.name)
                    results.add(case, contender.name, load.run(address, headers))


def check(contender: Contender, server: Server, port: int) -> None:
    """Make sure that a contender gives the answers that it is to give.

    Raises:
        SystemExit: It does not.
    """
    for url in URLS:
        status, body = fetched(port, url, FILLERS if url == "/environ" else None)
        right = len(body) in SIZES if url == "/environ" else body == EXPECTED[url]
        if status != 200 or not right:
            what = f"{contender.name} on {server.name} answers {url} with {status}"
            raise SystemExit(f"{what} and {len(body)} bytes: {body[:200]!r}")


def report(results: Results, facts: str, rounds: int) -> str:
    """Return the page's section: what was measured where, and the tables."""
    load = _longest(results)
    today = datetime.now(UTC).date()
    names = [contender.name for contender in CONTENDERS]
    return "\n\n".join(
        [
            f"{today}, medians of {rounds} rounds. {facts}",
            f"Times stock Flask's requests a second, `{load}`:",
            results.summary(names, [server.name for server in SERVERS], URLS, load),
            aims(_aims(results, load)),
            *(part for server in SERVERS for part in _chapter(results, server)),
        ]
    )


def _chapter(results: Results, server: Server) -> list[str]:
    return [
        f"### On {server.name}",
        server.about,
        f"```\n{server.command}\n```",
        results.rates_table(server.name),
        results.slowest_table(server.name),
    ]


def _aims(results: Results, load: str) -> list[Aim]:
    others = [contender.name for contender in OTHERS]
    return [
        Aim(
            f"the best of the others / `{ours.name}`, {server.name}, `{url}`",
            1.0,
            results.lead(Case(server.name, url, load), ours.name, others),
        )
        for ours in (GENERATED, MINIMAL)
        for server in WSGI_SERVERS
        for url in URLS
    ]


def _longest(results: Results) -> str:
    return list(results.taken)[-1].load


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
