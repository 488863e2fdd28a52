from sqlalchemy import select

from .extensions import db
from .models import Page
