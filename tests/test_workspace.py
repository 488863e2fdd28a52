"""Writing a project: whole, or not at all."""

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from scaffold_cli import workspace
from scaffold_cli.errors import TargetError

FILES: Mapping[str, bytes] = {"a.txt": b"a\n", "deep/er/b.txt": b"", "run": b"#!/bin/sh\n"}


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_project_is_written_byte_for_byte(tmp_path: Path) -> None:
    workspace.create(str(tmp_path / "shop"), FILES)

    assert everything(tmp_path / "shop") == FILES
    assert os.listdir(tmp_path) == ["shop"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no executable bit")
def test_scripts_are_executable_and_other_files_are_not(tmp_path: Path) -> None:
    workspace.create(str(tmp_path / "shop"), FILES)

    assert (tmp_path / "shop/run").stat().st_mode & stat.S_IXUSR
    assert not (tmp_path / "shop/a.txt").stat().st_mode & stat.S_IXUSR


def test_folders_above_are_made(tmp_path: Path) -> None:
    workspace.create(str(tmp_path / "x/y/shop"), FILES)

    assert everything(tmp_path / "x/y/shop") == FILES


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()

    workspace.create(str(tmp_path / "shop"), FILES)

    assert everything(tmp_path / "shop") == FILES


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/mine").write_text("mine")

    with pytest.raises(TargetError, match="not empty"):
        workspace.create(str(tmp_path / "shop"), FILES)
    assert everything(tmp_path) == {"shop/mine": b"mine"}


@pytest.mark.parametrize("kind", ["file", "dangling link"])
def test_what_is_no_folder_is_left_alone(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "shop"
    if kind == "file":
        target.write_text("mine")
    else:
        target.symlink_to(tmp_path / "nowhere")

    with pytest.raises(TargetError, match="no folder"):
        workspace.create(str(target), FILES)
    assert os.listdir(tmp_path) == ["shop"]


@pytest.mark.parametrize("writes", range(len(FILES)))
@pytest.mark.parametrize(
    "failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()], ids=repr
)
def test_a_full_disk_or_ctrl_c_at_any_write_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int, failure: BaseException
) -> None:
    written = 0
    write = os.write

    def failing(descriptor: int, data: bytes) -> int:
        nonlocal written
        if written == writes:
            raise failure
        written += 1
        return write(descriptor, data)

    files = {path: content or b"x" for path, content in FILES.items()}
    monkeypatch.setattr(os, "write", failing)
    with pytest.raises((TargetError, KeyboardInterrupt)) as raised:
        workspace.create(str(tmp_path / "new/shop"), files)
    monkeypatch.undo()

    assert list(tmp_path.iterdir()) == []
    if isinstance(raised.value, TargetError):
        assert "No space left" in raised.value.message


def test_a_short_write_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:2]))

    workspace.create(str(tmp_path / "shop"), {"a": b"12345"})

    assert (tmp_path / "shop/a").read_bytes() == b"12345"


def test_writing_over_a_link_replaces_the_link_and_not_what_it_points_to(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/a").symlink_to(tmp_path / "mine")

    workspace.write(str(tmp_path / "shop"), {"a": b"new"})

    assert (tmp_path / "mine").read_text() == "mine"
    assert (tmp_path / "shop/a").read_bytes() == b"new"
