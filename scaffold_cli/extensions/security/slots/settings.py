SECURITY_BLUEPRINT_NAME = "auth"
SECURITY_STATIC_FOLDER = None  # styles and scripts of templates that ours replace
SECURITY_REGISTERABLE = True
SECURITY_CHANGEABLE = True
SECURITY_RETURN_GENERIC_RESPONSES = True  # don't tell which addresses have an account

# argon2 salts each password. So there is no SECURITY_PASSWORD_SALT: a second secret,
# without which no password would hold.
SECURITY_PASSWORD_SINGLE_HASH = ["argon2"]

SECURITY_EMAIL_VALIDATOR_ARGS = {"check_deliverability": False}  # without asking DNS

SECURITY_POST_LOGIN_VIEW = "account.account"
SECURITY_POST_REGISTER_VIEW = "auth.login"
SECURITY_POST_LOGOUT_VIEW = "public.index"
