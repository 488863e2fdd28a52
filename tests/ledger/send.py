"""Send tasks as requests do, each until the queue has taken it: in the folder of a project, the first and the end."""

import sys
import time

from my_shop.app import app
from my_shop.ledger import credit

PATIENCE = 60  # seconds that the queue may be away

with app.app_context():
    for payment in range(int(sys.argv[1])):
        until = time.monotonic() + PATIENCE
        while True:
            try:
                credit.delay(payment)
            except Exception:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
            else:
                break
