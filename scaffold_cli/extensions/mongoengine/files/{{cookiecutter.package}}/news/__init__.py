"""The news, kept as documents."""
