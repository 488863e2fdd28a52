"""What benchmarks/talk.py makes of the reports of ab and wrk."""

from math import inf

import pytest
from loads import Load, Result, from_ab, from_wrk, given_up
from results import Case, Results

# Of a server that broke off every twentieth connection and answered every tenth request with a shorter 500.
AB = """\
Benchmarking 127.0.0.1 (be patient)...Percentage served,Time in ms
0,0.641
98,18.027
99,31.832
..done


Server Software:        BaseHTTP/0.6
Server Hostname:        127.0.0.1
Server Port:            7190

Document Path:          /
Document Length:        13 bytes

Concurrency Level:      10
Time taken for tests:   0.725 seconds
Complete requests:      1000
Failed requests:        150
   (Connect: 0, Receive: 0, Length: 150, Exceptions: 0)
Non-2xx responses:      100
Total transferred:      119750 bytes
HTML transferred:       11550 bytes
Requests per second:    1379.73 [#/sec] (mean)
Time per request:       7.248 [ms] (mean)

Percentage of the requests served within a certain time (ms)
  50%      6
  99%     32
 100%     44 (longest request)
"""
WRK = """\
Running 1s test @ http://127.0.0.1:7190/
  1 threads and 10 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     6.63ms    4.06ms  24.26ms   77.62%
    Req/Sec     1.46k   480.12     2.68k    81.82%
  Latency Distribution
     50%    6.01ms
     75%    8.72ms
     90%   12.29ms
     99%   19.60ms
  1606 requests in 1.10s, 197.70KB read
  Socket errors: connect 0, read 85, write 0, timeout 0
  Non-2xx or 3xx responses: 169
Requests/sec:   1454.52
Transfer/sec:    179.05KB
"""
# Of servers that answered everything.
WELL_AB = AB.replace("Failed requests:        150", "Failed requests:        0").replace(
    "Non-2xx responses:      100\n", ""
)
WELL_WRK = "".join(
    line for line in WRK.splitlines(True) if "errors" not in line and "Non" not in line
)


def test_ab_counts_what_broke_off_and_what_had_another_status() -> None:
    result = from_ab(AB, 1000)

    assert result == Result(rate=pytest.approx(1379.73 * 0.85), slowest=31.832, asked=1000, failed=150)  # fmt: skip


def test_wrk_counts_what_broke_off_and_what_had_another_status() -> None:
    result = from_wrk(WRK)

    rate = 1454.52 * (1606 - 169) / 1606
    assert result == Result(rate=pytest.approx(rate), slowest=19.6, asked=1691, failed=254)


@pytest.mark.parametrize(
    ("result", "rate", "asked"),
    [(from_ab(WELL_AB, 1000), 1379.73, 1000), (from_wrk(WELL_WRK), 1454.52, 1606)],
    ids=["ab", "wrk"],
)
def test_where_everything_was_answered_nothing_failed(
    result: Result, rate: float, asked: int
) -> None:
    assert (result.rate, result.asked, result.failed) == (rate, asked, 0)


@pytest.mark.parametrize(
    ("written", "milliseconds"),
    [("640.00us", 0.64), ("19.60ms", 19.6), ("1.20s ", 1200.0), ("1.10m ", 66000.0)],
)
def test_the_99th_percentile_is_in_milliseconds_whatever_wrk_writes(
    written: str, milliseconds: float
) -> None:
    result = from_wrk(WELL_WRK.replace("19.60ms", written))

    assert result and result.slowest == pytest.approx(milliseconds)


def test_requests_that_ab_never_got_to_have_failed() -> None:
    result = from_ab(
        WELL_AB.replace("Complete requests:      1000", "Complete requests:      940"), 1000
    )

    assert result and result.failed == 60


def test_where_ab_gives_up_the_rest_has_failed() -> None:
    report = "Benchmarking 127.0.0.1 (be patient)...Total of 913 requests completed\n"

    assert from_ab(report, 1000) is None
    assert given_up(report, 1000, seconds=10.0) == Result(91.3, inf, asked=1000, failed=87)


def test_no_report_is_no_result() -> None:
    assert from_ab("", 1000) is None
    assert given_up("", 1000, seconds=10.0) is None
    assert from_wrk("unable to connect to 127.0.0.1:1 Connection refused\n") is None


def test_a_server_that_is_gone_has_answered_nothing() -> None:
    load = Load("gone", "false", requests=1000)

    assert load.run("http://127.0.0.1:1/", {}) == Result(0.0, inf, 1000, 1000)


def test_the_best_of_several_runs_counts_and_what_failed_in_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runs = iter([Result(10.0, 5.0, 100, 0), Result(20.0, 3.0, 200, 2), Result(15.0, 1.0, 150, 1)])
    monkeypatch.setattr(Load, "_run", lambda *given: next(runs))

    assert Load("wrk", "wrk", runs=3).run("", {}) == Result(20.0, 3.0, 450, 3)


CASE = Case("gunicorn", "/", "wrk")


def measured(**rates: list[float]) -> Results:
    """Return results with some rates a round."""
    results = Results()
    for name, rounds in rates.items():
        for rate in rounds:
            results.add(CASE, name, Result(rate, 5.0, 1000, 0))
    return results


def test_a_ratio_is_of_the_same_round_whatever_the_machine_did_in_others() -> None:
    results = measured(Flask=[1000.0, 100.0, 1000.0], Ours=[4000.0, 400.0, 4000.0])

    assert results.times_stock(CASE, "Ours") == 4.0


def test_the_lead_is_over_the_best_of_the_others() -> None:
    results = measured(Flask=[1000.0], Ours=[4000.0], Bottle=[5000.0], Django=[500.0])

    assert results.lead(CASE, "Ours", ["Flask", "Bottle", "Django", "Tornado"]) == 1.25


def test_the_table_has_rates_ratios_and_what_failed() -> None:
    results = measured(Flask=[1000.0], Ours=[4000.0])
    results.add(Case("gunicorn", "/x", "wrk"), "Flask", Result(10.0, inf, 1000, 7))
    results.add(Case("gunicorn", "/x", "wrk"), "Ours", Result(15.0, 12.34, 1000, 0))

    assert results.rates_table("gunicorn").splitlines() == [
        "| requests a second | Flask | Ours |",
        "| :-- | --: | --: |",
        "| `/`, wrk | 1,000 (1.00) | 4,000 (4.00) |",
        "| `/x`, wrk | 10 (1.00) | 15 (1.50) |",
        "| failed, of all requests | **7** of 2,000 | 0 of 2,000 |",
    ]
    assert results.slowest_table("gunicorn").splitlines()[2:] == [
        "| `/`, wrk | 5.0 | 5.0 |",
        "| `/x`, wrk | none | 12.3 |",
    ]


def test_the_summary_leaves_out_who_was_not_measured_on_a_server() -> None:
    results = measured(Flask=[1000.0], Ours=[4000.0])
    for name, rate in {"Flask": 1000.0, "Tornado": 2000.0}.items():
        results.add(Case("its own server", "/", "wrk"), name, Result(rate, 5.0, 1000, 0))

    assert results.summary(
        ["Flask", "Ours", "Tornado"], ["its own server", "gunicorn"], ["/"], "wrk"
    ).splitlines()[2:] == [
        "| Flask | 1.0 | 1.0 |",
        "| Ours |  | 4.0 |",
        "| Tornado | 2.0 |  |",
    ]
