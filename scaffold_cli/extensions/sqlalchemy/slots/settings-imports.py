from .database import database_url
