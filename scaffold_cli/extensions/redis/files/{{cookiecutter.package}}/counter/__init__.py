"""A page that counts its views."""
