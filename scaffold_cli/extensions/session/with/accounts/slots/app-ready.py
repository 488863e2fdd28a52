user_logged_in.connect(renew_session_id, app)
user_logged_out.connect(renew_session_id, app)
