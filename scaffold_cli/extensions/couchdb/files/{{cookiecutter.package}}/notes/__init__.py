"""Notes, kept as documents."""
