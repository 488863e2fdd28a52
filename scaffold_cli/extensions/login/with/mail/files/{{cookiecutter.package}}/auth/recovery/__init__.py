"""For those who forgot their password."""
