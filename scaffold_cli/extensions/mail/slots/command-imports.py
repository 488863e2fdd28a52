from .mail import send
