"""What the changelog says of the template between two versions."""

from scaffold_cli.changelog import template_lines

TEXT = """\
# Changelog

## [Unreleased]

### Template

- Later.

## [0.10.0] - 2027-03-01

### Added

- A command.

### Template

- New in 0.10,
  on two lines.

## [0.2.0] - 2027-02-01

### Template

- New in 0.2.

## [0.1.0] - 2027-01-01

### Template

- The first.
"""


def test_the_template_lines_of_the_versions_between_are_told() -> None:
    told = list(template_lines(TEXT, "0.1.0", "0.10.0"))

    assert told == ["- New in 0.10,", "  on two lines.", "- New in 0.2."]


def test_without_a_newer_version_there_is_nothing_to_tell() -> None:
    assert list(template_lines(TEXT, "0.10.0", "0.10.0")) == []
