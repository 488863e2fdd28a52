from .database_timeouts import timeouts
