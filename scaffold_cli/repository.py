"""The first commit. Later commands never touch git unless they are asked to."""

import os
import subprocess


def commit_all(project: str, message: str) -> str:
    """Make a repository in a project and commit everything, if git is there.

    Args:
        project: The project's folder.
        message: The commit's message.

    Returns:
        What happened, for people. A missing or failing git is no failure.
    """
    if _inside_another(project):
        return "left alone: the folder is inside a repository already"
    for arguments in (
        ["init", "-q"],
        ["add", "-A"],
        ["commit", "-q", "--no-verify", "-m", message],
    ):
        told = _git(project, arguments)
        if told is not None:
            return f"no first commit: {told}"
    return "first commit"


def _inside_another(project: str) -> bool:
    return _git(project, ["rev-parse", "--is-inside-work-tree"]) is None


def _git(project: str, arguments: list[str]) -> str | None:
    """Run git; return None when it did it, else its reason in one line."""
    unrelated = {k: v for k, v in os.environ.items() if k not in ("GIT_DIR", "GIT_WORK_TREE")}
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=project, env=unrelated, capture_output=True, text=True
        )
    except OSError:
        return "git is not installed"
    if done.returncode == 0:
        return None
    if "tell me who you are" in done.stderr:
        return "git does not know your name (git config --global user.name)"
    return next(iter(done.stderr.strip().splitlines()), "git failed")
