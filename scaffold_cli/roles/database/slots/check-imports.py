from .database_checks import pool_size
