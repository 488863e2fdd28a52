# Where the site is, for links in mail: https://www.example.com
SITE_URL = env.str("SITE_URL", "")
