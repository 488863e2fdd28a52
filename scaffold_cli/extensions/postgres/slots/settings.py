# A statement that is prepared on one of PgBouncer's connections is unknown on the next.
DATABASE_CONNECT_ARGS = {"prepare_threshold": None} if DATABASE_POOLER else {}
