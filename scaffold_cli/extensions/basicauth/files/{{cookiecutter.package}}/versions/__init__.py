"""What runs here, for those who run it."""
