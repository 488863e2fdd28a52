from .extensions import queue
from .tasks import ping
