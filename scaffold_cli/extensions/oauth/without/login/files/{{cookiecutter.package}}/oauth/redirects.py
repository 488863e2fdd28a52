"""Where people may be led to after log-in."""


def is_local(target: str) -> bool:
    """Tell whether a URL is a path on this site, for every browser.

    Browsers take ``//host`` and ``/\\host`` for other hosts, and drop control
    characters before they look.
    """
    return (
        target.startswith("/")
        and not target.startswith("//")
        and "\\" not in target
        and target.isprintable()
    )
