from datetime import datetime

from flask_security import RoleMixin, UserMixin
from sqlalchemy import Column, DateTime, ForeignKey, String, Table, func
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from .database import Base
