from flask_login import user_logged_in, user_logged_out

from .session_ids import renew_session_id
