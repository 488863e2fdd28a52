"""The administration, at ``/admin/``."""
