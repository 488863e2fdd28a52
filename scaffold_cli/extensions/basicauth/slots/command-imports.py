import click
from werkzeug.security import generate_password_hash
