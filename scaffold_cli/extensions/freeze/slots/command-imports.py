from .extensions import freezer
from .frozen_urls import FROZEN_SETTINGS
