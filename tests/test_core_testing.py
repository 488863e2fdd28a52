"""The core's test cases: the interface of Flask-Testing, whose own suite is run elsewhere."""

import gc
import socket
import unittest
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.request import urlopen

import pytest
from core.testing import ContextVariableDoesNotExist, LiveServerTestCase, TestCase
from flask import (
    Flask,
    flash,
    g,
    has_app_context,
    redirect,
    render_template,
    render_template_string,
    request,
    stream_template_string,
    template_rendered,
    url_for,
)
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader

TEMPLATES = {"a.html": "a {{ name }}", "b.html": "b {{ name }}"}


def make_app(**settings: object) -> Flask:
    app = Flask(__name__)
    app.config.update({"SECRET_KEY": "testing", **settings})
    app.jinja_env.loader = DictLoader(TEMPLATES)
    app.add_url_rule("/", "index", lambda: "index")
    app.add_url_rule(
        "/to", "to", lambda: redirect(request.args["to"], request.args.get("code", 302, int))
    )
    app.add_url_rule("/pages/to", "deeper", lambda: redirect("next"))
    app.add_url_rule("/status/<int:code>", "status", lambda code: ("", code))
    return app


class Case(TestCase):
    """A test case that is used from outside."""

    __test__ = False

    def create_app(self) -> Flask:
        return make_app()


@pytest.fixture
def case() -> Iterator[Case]:
    with Case.prepared() as case:
        yield case


def outcome(case: type[unittest.TestCase], method: str = "test") -> unittest.TestResult:
    """Run one test, and return what became of it."""
    result = unittest.TestResult()
    case(method)(result)
    return result


class TestRedirects:
    @pytest.mark.parametrize("code", [301, 302, 303, 305, 307, 308])
    def test_every_status_that_redirects_is_taken(self, case: Case, code: int) -> None:
        case.assertRedirects(case.client.get(f"/to?to=/there&code={code}"), "/there")

    def test_another_status_is_refused(self, case: Case) -> None:
        with pytest.raises(AssertionError, match="301, 302, 303, 305, 307 expected but got 200"):
            case.assertRedirects(case.client.get("/"), "/")

    @pytest.mark.parametrize(
        ("sent", "expected"),
        [
            ("/there", "/there"),
            ("/there?a=1#b", "/there?a=1#b"),
            ("/there", "http://localhost/there"),
            ("http://localhost/there", "/there"),
            ("https://example.com/", "https://example.com/"),
            ("//example.com/", "http://example.com/"),
        ],
    )
    def test_paths_and_whole_urls_are_the_same(self, case: Case, sent: str, expected: str) -> None:
        case.assert_redirects(case.client.get("/to", query_string={"to": sent}), expected)

    @pytest.mark.parametrize(
        ("sent", "expected"),
        [
            ("/there", "/here"),
            ("/there", "/there/"),
            ("http://example.com/there", "/there"),
            ("https://localhost/there", "/there"),
        ],
    )
    def test_another_place_is_refused(self, case: Case, sent: str, expected: str) -> None:
        with pytest.raises(AssertionError):
            case.assertRedirects(case.client.get("/to", query_string={"to": sent}), expected)

    def test_a_place_may_be_relative_to_the_page(self, case: Case) -> None:
        case.assertRedirects(case.client.get("/pages/to"), "/pages/next")

    def test_the_host_is_the_one_that_was_asked(self) -> None:
        class Named(Case):
            def create_app(self) -> Flask:
                return make_app(SERVER_NAME="shop.test")

        with Named.prepared() as case:
            response = case.client.get("/to?to=/there")
            case.assertRedirects(response, "http://shop.test/there")
            case.assertRedirects(response, "/there")

    @given(st.sampled_from(["", "/a"]), st.text("ab/?=&.", max_size=8))
    def test_a_redirect_is_found_by_what_it_sent(self, start: str, rest: str) -> None:
        sent = f"/x{start}{rest}"
        with Case.prepared() as case:
            case.assertRedirects(case.client.get("/to", query_string={"to": sent}), sent)


@pytest.mark.parametrize("code", [200, 400, 401, 403, 404, 405, 500])
def test_a_status_has_an_assertion_under_both_names(case: Case, code: int) -> None:
    response, other = case.client.get(f"/status/{code}"), case.client.get("/status/418")
    for name in (f"assert{code}", f"assert_{code}"):
        getattr(case, name)(response)
        with pytest.raises(AssertionError, match=f"HTTP Status {code} expected but got 418"):
            getattr(case, name)(other)
        with pytest.raises(AssertionError, match="mine"):
            getattr(case, name)(other, "mine")


class TestTemplates:
    @pytest.fixture(autouse=True)
    def rules(self, case: Case) -> None:
        @case.app.get("/render/<names>")
        def render(names: str) -> str:
            return "".join(render_template(f"{n}.html", name=n) for n in names.split("+"))

    def test_all_templates_of_the_last_request_count(self, case: Case) -> None:
        case.client.get("/render/a+b")
        case.assertTemplateUsed("a.html")
        case.assert_template_used("b.html")

    def test_templates_of_earlier_requests_do_not_count(self, case: Case) -> None:
        case.client.get("/render/a")
        case.client.get("/render/b")
        with pytest.raises(AssertionError, match=r"a\.html not used.*b\.html"):
            case.assertTemplateUsed("a.html")

    def test_without_templates_none_was_used(self, case: Case) -> None:
        case.client.get("/")
        with pytest.raises(AssertionError, match="none"):
            case.assertTemplateUsed("a.html")

    def test_other_engines_have_names_elsewhere(self, case: Case) -> None:
        template_rendered.send(case.app, template=SimpleNamespace(path="a.mako"), context={})
        case.assertTemplateUsed("a.mako", tmpl_name_attribute="path")

    def test_variables_are_those_of_the_template_rendered_last(self, case: Case) -> None:
        case.client.get("/render/a+b")
        assert case.get_context_variable("name") == "b"
        case.assertContext("name", "b")
        case.assert_context("name", "b")

    def test_a_variable_that_nobody_gave_is_missed(self, case: Case) -> None:
        case.client.get("/render/a")
        with pytest.raises(ContextVariableDoesNotExist):
            case.get_context_variable("missing")
        with pytest.raises(AssertionError, match="does not exist: missing"):
            case.assertContext("missing", None)
        with pytest.raises(AssertionError, match="mine"):
            case.assertContext("name", "b", "mine")


def test_flashed_messages_are_found_by_text_and_category(case: Case) -> None:
    flash("Saved")
    flash("Gone", "error")
    case.assertMessageFlashed("Saved")
    case.assert_message_flashed("Gone", "error")
    with pytest.raises(AssertionError, match="'Gone' in category 'message' wasn't flashed"):
        case.assertMessageFlashed("Gone")


class Unrendered(Case):
    render_templates = False

    def create_app(self) -> Flask:
        app = make_app()
        app.add_url_rule(
            "/page", "page", lambda: render_template_string("{{ 1 // 0 }}", name="Ada")
        )
        app.add_url_rule("/stream", "stream", lambda: stream_template_string("{{ 1 // 0 }}"))
        return app


def test_templates_that_are_not_rendered_are_empty_and_known_all_the_same() -> None:
    with Unrendered.prepared() as case:
        assert case.client.get("/page").data == b""
        case.assertContext("name", "Ada")
        assert case.client.get("/stream").data == b""


def test_templates_are_rendered_again_afterwards() -> None:
    with Unrendered.prepared():
        pass
    with Case.prepared():
        assert render_template_string("{{ 1 + 1 }}") == "2"


def test_an_application_that_is_kept_renders_and_does_not_in_turn() -> None:
    """The talk's way: ``create_app`` gives an application that stands in a module."""
    app = make_app()
    app.add_url_rule("/page", "page", lambda: render_template_string("page"))

    class Rendered(Case):
        def create_app(self) -> Flask:
            return app

    class Empty(Rendered):
        render_templates = False

    got = []
    for cls in (Rendered, Empty, Rendered):
        with cls.prepared() as case:
            got.append(case.client.get("/page").text)
    assert got == ["page", "", "page"]


class TestRunning:
    def test_without_create_app_each_test_fails_and_the_others_go_on(self) -> None:
        class Missing(TestCase):
            def test(self) -> None: ...

        [(_, text)] = outcome(Missing).errors
        assert "Missing has to implement create_app" in text

    def test_create_app_may_skip(self) -> None:
        class Skipped(TestCase):
            def create_app(self) -> Flask:
                raise unittest.SkipTest("no server")

            def test(self) -> None: ...

        assert [reason for _, reason in outcome(Skipped).skipped] == ["no server"]

    def test_nothing_is_left_when_a_test_fails(self) -> None:
        class Failing(Case):
            def test(self) -> None:
                raise AssertionError

        assert outcome(Failing).failures
        assert not has_app_context()
        assert not template_rendered.receivers

    def test_application_and_client_are_there_in_all_of_the_test_and_gone_after_it(self) -> None:
        seen: list[bool] = []

        class Looking(Case):
            def setUp(self) -> None:
                seen.append(self.client.application is self.app)

            test = tearDown = setUp

        case = Looking("test")
        result = unittest.TestResult()
        case(result)
        assert result.wasSuccessful() and seen == [True] * 3
        assert not {"app", "client", "_ctx"} & vars(case).keys()

    def test_debug_lets_failures_through(self) -> None:
        class Failing(Case):
            def test(self) -> None:
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            Failing("test").debug()

    def test_garbage_is_collected_on_demand(self, monkeypatch: pytest.MonkeyPatch) -> None:
        collections: list[int] = []
        monkeypatch.setattr(gc, "collect", lambda: collections.append(1))

        class Collecting(Case):
            run_gc_after_test = True

            def test(self) -> None: ...

        outcome(Collecting)
        assert collections == [1]

    def test_requests_share_no_g_with_the_test(self, case: Case) -> None:
        g.name = "the test's"
        case.app.add_url_rule("/g", "g", lambda: str(g.get("name")))
        assert case.client.get("/g").text == "None"

    def test_prepared_cleans_up_when_the_test_fails(self) -> None:
        cleaned: list[str] = []

        class Cleaning(Case):
            def setUp(self) -> None:
                self.addCleanup(cleaned.append, "cleaned")

        with pytest.raises(ZeroDivisionError), Cleaning.prepared():
            raise ZeroDivisionError
        assert cleaned == ["cleaned"] and not has_app_context()


class Live(LiveServerTestCase):
    __test__ = False
    settings: dict[str, Any] = {"LIVESERVER_PORT": 0}

    def create_app(self) -> Flask:
        app = make_app(**self.settings)
        app.add_url_rule("/count", "count", lambda: str(len(self.seen)))
        self.seen: list[str] = []
        return app


class TestLiveServer:
    def test_the_application_is_served(self) -> None:
        with Live.prepared() as case, urlopen(case.get_server_url() + "/") as response:
            assert response.read() == b"index"

    def test_test_and_application_share_what_is_in_memory(self) -> None:
        with Live.prepared() as case:
            case.seen.append("something")
            with urlopen(case.get_server_url() + "/count") as response:
                assert response.read() == b"1"

    def test_the_port_is_the_one_that_was_set(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]

        class OnPort(Live):
            settings = {"LIVESERVER_PORT": port}

        with OnPort.prepared() as case:
            assert case.get_server_url() == f"http://localhost:{port}"

    def test_nobody_listens_afterwards(self) -> None:
        with Live.prepared() as case:
            address = case.get_server_url()
        with pytest.raises(OSError, match="refused"):
            urlopen(address)

    def test_a_port_that_is_taken_is_an_error_of_the_test(self) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]

            class Taken(Live):
                settings = {"LIVESERVER_PORT": port}

                def test(self) -> None: ...

            [(_, text)] = outcome(Taken).errors
        assert f"Failed to start the server: port {port}" in text

    def test_an_address_where_nobody_answers_is_an_error_of_the_test(self) -> None:
        class Elsewhere(Live):
            settings = {"LIVESERVER_PORT": 0, "LIVESERVER_TIMEOUT": 1}

            def get_server_url(self) -> str:
                return "http://localhost:1"

            def test(self) -> None: ...

        [(_, text)] = outcome(Elsewhere).errors
        assert "Failed to start the server after 1.0 seconds" in text

    def test_urls_can_be_built(self) -> None:
        with Live.prepared():
            assert url_for("index") == "/"
