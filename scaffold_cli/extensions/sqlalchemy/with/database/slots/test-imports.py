from ..database import database_url
from ..settings import TEST_DATABASE_URL
