# Where the site is, for links in mail: https://www.example.com
SITE_URL = env.str("SITE_URL", "")

SECURITY_CONFIRMABLE = True
SECURITY_RECOVERABLE = True
SECURITY_RESET_PASSWORD_WITHIN = timedelta(hours=1)
SECURITY_EMAIL_HTML = False
