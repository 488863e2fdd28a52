"""The one random thing in a project: the ``SECRET_KEY`` in its git-ignored ``.env``."""

import os

from .tree import Tree

FILE = ".env"
EXAMPLE = ".env.example"


def dotenv(tree: Tree) -> bytes:
    """Return a development ``.env``, made from the project's ``.env.example``: a random key, debug on."""
    text = tree[EXAMPLE].content.decode()
    text = text.replace("\nSECRET_KEY=\n", f"\nSECRET_KEY={os.urandom(32).hex()}\n")
    return text.replace("\nFLASK_DEBUG=0\n", "\nFLASK_DEBUG=1\n").encode()
