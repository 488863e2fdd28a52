import os
from threading import Event

from .extensions import db
from .models import Base, Page
