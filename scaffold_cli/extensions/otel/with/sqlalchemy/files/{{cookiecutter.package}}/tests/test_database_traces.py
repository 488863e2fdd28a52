"""What is asked of the database is in the trace of its request."""

from sqlalchemy import text

from ..extensions import db
from .base import AppTestCase
from .traces import TracedApp


class DatabaseTracesTest(AppTestCase):
    def test_a_statement_is_a_span_of_its_request_without_values(self) -> None:
        traced, other = TracedApp(), TracedApp()
        for each in (traced, other):
            self.addCleanup(each.app.extensions["otel"].shutdown)

        @traced.app.get("/sum")
        def total() -> str:
            statement = text("SELECT :given + 1")
            return str(db.session.scalar(statement, {"given": 41}))

        self.assertEqual("42", traced.app.test_client().get("/sum").text)
        with traced.app.app_context():
            self.addCleanup(db.engine.dispose)
        *inner, outer = traced.spans()
        statements = [
            str((span.attributes or {}).get("db.statement")) for span in inner
        ]
        self.assertIn("SELECT ? + 1", statements)
        self.assertNotIn("41", str(statements))
        self.assertEqual({outer.context.trace_id}, {s.context.trace_id for s in inner})
        self.assertEqual([], other.spans())

    def test_load_balancers_leave_none(self) -> None:
        traced = TracedApp()
        self.addCleanup(traced.app.extensions["otel"].shutdown)
        self.assertEqual(200, traced.app.test_client().get("/readyz").status_code)
        self.assertEqual([], traced.spans())
        with traced.app.app_context():
            self.addCleanup(db.engine.dispose)
