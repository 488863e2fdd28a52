"""git: how it is run, and the first commit. Later commands never touch it unless they are asked to."""

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
        told = _failure(project, *arguments)
        if told is not None:
            return f"no first commit: {told}"
    return "first commit"


def git(project: str, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run git in a project, whatever repository the environment speaks of.

    Args:
        project: The project's folder.
        arguments: What to do.
        typed: What it reads from its standard input.

    Raises:
        OSError: It is not installed.
    """
    unrelated = {k: v for k, v in os.environ.items() if k not in ("GIT_DIR", "GIT_WORK_TREE")}
    return subprocess.run(
        ["git", *arguments],
        cwd=project,
        env={**unrelated, "GIT_OPTIONAL_LOCKS": "0"},
        input=typed,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )


def _inside_another(project: str) -> bool:
    return _failure(project, "rev-parse", "--is-inside-work-tree") is None


def _failure(project: str, *arguments: str) -> str | None:
    """Run git; return None when it did it, else its reason in one line."""
    try:
        done = git(project, *arguments)
    except OSError:
        return "git is not installed"
    if done.returncode == 0:
        return None
    if "tell me who you are" in done.stderr:
        return "git does not know your name (git config --global user.name)"
    return next(iter(done.stderr.strip().splitlines()), "git failed")
