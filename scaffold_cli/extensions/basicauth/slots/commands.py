@manager.command
def hash_password() -> None:
    """Ask for a password, and print the setting that lets it in."""
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    print(f"BASIC_AUTH_PASSWORD_HASH='{generate_password_hash(password)}'")
