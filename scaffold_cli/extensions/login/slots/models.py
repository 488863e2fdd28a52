class User(UserMixin, Base):
    """Somebody with an account."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now()
    )

    def get_id(self) -> str:
        """Return what a session keeps of its user: another password, another id."""
        mark = hashlib.sha256(self.password_hash.encode()).hexdigest()
        return f"{self.id}.{mark[:32]}"

    @validates("email")
    def _keep_normalised(self, key: str, email: str) -> str:
        return self.normalise_email(email)

    @staticmethod
    def normalise_email(email: str) -> str:
        """Return an address as it is kept, for nobody to register it in capitals too."""
        return email.strip().lower()
