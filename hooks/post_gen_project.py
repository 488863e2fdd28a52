"""Lays the chosen extensions over the base and records the state."""

import json
import sys

sys.path.insert(0, {{ scaffold_home | tojson }})

from scaffold_cli.hook import lay

lay(json.loads({{ cookiecutter | tojson | tojson }}))
