@manager.command
def new_api_secret() -> None:
    """Make a secret for the program that may have tokens, and the setting for it."""
    secret = secrets.token_urlsafe(32)
    print(f"The secret, which is kept nowhere: {secret}")
    print(f"API_CLIENT_SECRET_HASH={hash_secret(secret)}")
