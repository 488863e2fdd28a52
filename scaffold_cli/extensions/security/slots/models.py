users_roles = Table(
    "users_roles",
    Base.metadata,
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    Column("role_id", ForeignKey("roles.id"), primary_key=True),
)


class Role(RoleMixin, Base):
    """What a user may do, by a name: ``admin``."""

    __tablename__ = "roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    description: Mapped[str | None] = mapped_column(String(255))


class User(UserMixin, Base):
    """Somebody with an account."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool]
    # What sessions keep of their user; another one ends them.
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now()
    )
    roles: Mapped[list[RoleMixin]] = relationship("Role", secondary=users_roles)

    @validates("email")
    def _keep_normalised(self, key: str, email: str) -> str:
        return self.normalise_email(email)

    @staticmethod
    def normalise_email(email: str) -> str:
        """Return an address as it is kept, for nobody to register it in capitals too."""
        return email.strip().lower()
