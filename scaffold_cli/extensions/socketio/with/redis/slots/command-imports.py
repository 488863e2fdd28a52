from flask import current_app

from .extensions import socketio
