from .api import page_editing
from .extensions import csrf
