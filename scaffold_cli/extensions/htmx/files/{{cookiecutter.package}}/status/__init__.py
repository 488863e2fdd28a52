"""A page that tells whether all is well."""
