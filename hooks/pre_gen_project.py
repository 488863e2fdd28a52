"""Refuses answers that can't make a project, before anything is rendered."""

import json
import sys

sys.path.insert(0, {{ scaffold_home | tojson }})

from scaffold_cli.hook import check

check(json.loads({{ cookiecutter | tojson | tojson }}))
