@manager.command
def send_test_mail(address: str) -> None:
    """Send a test message to an address."""
    send("Test", [address], "Mail works.")
