"""Who may upload: people with an account."""

from flask_login import login_required

for_uploaders = login_required
