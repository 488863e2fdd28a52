from datetime import UTC, datetime
from typing import ClassVar

from mongoengine import DateTimeField, ListField, StringField

from .flask_mongoengine import Document
