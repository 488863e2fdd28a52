"""What gunicorn starts with; options on its command line win over these."""

import os

bind = f"0.0.0.0:{os.environ['PORT']}" if os.environ.get("PORT") else "127.0.0.1:8000"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
# slot: gunicorn
timeout = 30
graceful_timeout = 30

# TRUSTED_PROXIES says whom the application believes; gunicorn itself believes nobody.
forwarded_allow_ips = ""

# One socket a user would be shared by all applications of that user.
control_socket_disable = True
