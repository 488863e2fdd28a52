"""What ``python manage.py check --deploy`` looks at."""

from .core import checks
# slot: check-imports

CHECKS: list[checks.Check] = [
    checks.secret_key,
    checks.debug,
    checks.cookies,
    checks.hosts,
    checks.proxies,
    checks.needs,
    # slot: checks
]
