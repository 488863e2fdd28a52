@manager.command
def send_test_report() -> int:
    """Send a report to Sentry, to see that it arrives; fail without SENTRY_DSN."""
    event_id = error_reports.send_test_report()
    print(f"Sent: {event_id}" if event_id else "SENTRY_DSN is not set.")
    return 0 if event_id else 1
