@manager.command
def grant_admin(email: str) -> int:
    """Let somebody with an account into /admin/."""
    if not grant(email):
        print(f"Nobody has an account with the address {email}.")
        return 1
    print(f"{email} is an administrator.")
    return 0


@manager.command
def revoke_admin(email: str) -> int:
    """Keep somebody out of /admin/ from now on."""
    if not revoke(email):
        print(f"No administrator has the address {email}.")
        return 1
    print(f"{email} is no administrator any more.")
    return 0
