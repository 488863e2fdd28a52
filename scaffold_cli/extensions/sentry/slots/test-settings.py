"SENTRY_DSN": "",
