"""A project in the tests of its life: changed by commands, in process, and by its owner between them."""

from pathlib import Path

from click.testing import CliRunner, Result

from scaffold_cli.cli import scaffold


class Life:
    """A project in a folder, and what its owner does with it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "shop"

    def run(self, *words: str) -> Result:
        """Run a command that has to succeed."""
        done = self.attempt(*words)
        assert done.exit_code == 0, done.output
        return done

    def attempt(self, *words: str) -> Result:
        return CliRunner().invoke(scaffold, words)

    def read(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert text.count(old) == 1, text
        self.write(path, text.replace(old, new))

    def files(self, *, own: bool = True) -> dict[str, bytes]:
        """Return all files but the history; with or without the record."""
        return {
            name: path.read_bytes()
            for path in self.root.rglob("*")
            if path.is_file()
            for name in [path.relative_to(self.root).as_posix()]
            if not name.startswith(".scaffold/history/")
            and (own or not name.startswith(".scaffold/"))
        }
