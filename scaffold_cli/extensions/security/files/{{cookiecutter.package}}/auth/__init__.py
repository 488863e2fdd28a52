"""Accounts and roles, by Flask-Security."""
