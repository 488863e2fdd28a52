class User(UserMixin, Base):
    """Somebody with an account."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now()
    )

    @validates("email")
    def _keep_normalised(self, key: str, email: str) -> str:
        return self.normalise_email(email)

    @staticmethod
    def normalise_email(email: str) -> str:
        """Return an address as it is kept, for nobody to register it in capitals too."""
        return email.strip().lower()
