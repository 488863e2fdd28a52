@manager.command
def reset_link(email: str) -> int:
    """Print the link with which a user can set another password, once and soon."""
    user = find_user(email)
    if user is None:
        print(f"Nobody has the address {email}.")
        return 1
    with current_app.test_request_context():
        print(url_for("auth.reset_password", token=make_token(user)))
    return 0
