"""What gunicorn starts with; options on its command line win over these."""

import os

bind = f"0.0.0.0:{os.environ['PORT']}" if os.environ.get("PORT") else "127.0.0.1:8000"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
# slot: gunicorn
timeout = 30

# Platforms kill what is left 30 seconds after they have asked it to stop.
graceful_timeout = 28

# Longer than routers in front do (Heroku's: 90 seconds), so that it is they who close an
# idle connection, and no request comes in on one that is just being closed.
keepalive = 100

# TRUSTED_PROXIES says whom the application believes; gunicorn itself believes nobody.
forwarded_allow_ips = ""

# One socket a user would be shared by all applications of that user.
control_socket_disable = True
