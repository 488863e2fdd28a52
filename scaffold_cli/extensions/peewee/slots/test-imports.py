from ..extensions import db
from ..models import Base
