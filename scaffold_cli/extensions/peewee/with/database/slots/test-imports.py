from ..settings import TEST_DATABASE_URL
