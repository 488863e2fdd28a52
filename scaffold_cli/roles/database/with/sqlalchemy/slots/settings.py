# A connection that the server has closed meanwhile is replaced before it is used.
SQLALCHEMY_ENGINE_OPTIONS = {
    "pool_pre_ping": True,
    "pool_recycle": DATABASE_POOL_RECYCLE,
}
