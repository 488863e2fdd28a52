"""Tokens for programs that call the API."""
