"""The command ``scaffold``, also as ``python -m scaffold_cli``."""

import gc


def main() -> None:
    """Run the command."""
    # A short life: collecting garbage takes time, and nobody needs the memory.
    gc.disable()
    from .cli import main

    main()


if __name__ == "__main__":
    main()
