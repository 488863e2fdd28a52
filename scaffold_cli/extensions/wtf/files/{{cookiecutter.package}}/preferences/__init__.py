"""What visitors may choose for themselves."""
