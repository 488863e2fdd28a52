"""Make the tested set anew: what ``make pins`` runs; see scaffold_cli/testing/pinning.py."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scaffold_cli.testing.pinning import main

if __name__ == "__main__":
    main()
