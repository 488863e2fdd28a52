import os
from threading import Event
