class Administrator(Base):
    """Somebody who may use the administration."""

    __tablename__ = "administrators"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    created_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now()
    )
    # With the user it goes, too: SQLite may give their id to somebody else.
    user: Mapped["User"] = relationship(
        backref=backref("administrator", cascade="all, delete-orphan", uselist=False)
    )
