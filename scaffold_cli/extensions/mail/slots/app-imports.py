from flask_mail import email_dispatched

from . import mail
