from .database_pool import engine_options
