from time import monotonic, sleep

from .database_server import connection_error
