from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from .database import Base
