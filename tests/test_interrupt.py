"""Ctrl-C is held back, and not lost."""

import signal

import pytest

from scaffold_cli.interrupt import held_back


class Fragile:
    """Is interrupted while it is taken apart, where Python forgets what is raised."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def test_a_key_pressed_in_a_destructor_ends_the_block_and_not_before() -> None:
    done = []

    with pytest.raises(KeyboardInterrupt), held_back():
        Fragile()
        done.append("the rest")

    assert done == ["the rest"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_block_without_ctrl_c_just_ends() -> None:
    with held_back():
        pass


def test_an_error_in_the_block_leaves_ctrl_c_as_it_was() -> None:
    with pytest.raises(ValueError, match="own"), held_back():
        raise ValueError("own")

    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_where_ctrl_c_is_ignored_it_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with held_back():
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
