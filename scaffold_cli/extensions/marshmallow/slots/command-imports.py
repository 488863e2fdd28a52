from pathlib import Path

from marshmallow import ValidationError

from .page_files import dump_pages, load_pages
