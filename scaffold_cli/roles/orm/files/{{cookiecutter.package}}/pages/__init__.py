"""The pages kept in the database."""
