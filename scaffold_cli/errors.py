"""What can go wrong, one class a kind: a message, a hint how to mend it, an exit code."""


class ScaffoldError(Exception):
    """A failure that a person can mend.

    Args:
        message: One line that says what is wrong.
        hint: One line that says how to mend it; may be empty.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class AnswersError(ScaffoldError):
    """An answer (a name, a choice, an option) that can't be taken."""

    exit_code = 2


class CatalogError(ScaffoldError):
    """An extension that is unknown, or a selection that can't be wired."""

    exit_code = 2


class ManifestError(ScaffoldError):
    """An extension folder that breaks the contract for authors."""


class PinError(ScaffoldError):
    """A requirement that the tested set does not hold."""


class TargetError(ScaffoldError):
    """A folder that can't be written."""


class StateError(ScaffoldError):
    """A project's record that is missing or broken, or a change that is not finished."""


class ConflictError(ScaffoldError):
    """A change that waits for its owner to decide."""

    exit_code = 3


class InstallError(ScaffoldError):
    """A virtual environment that could not be made or filled."""
