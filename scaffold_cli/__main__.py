"""``python -m scaffold_cli``: the command ``scaffold`` without its script."""

from .cli import main

main()
