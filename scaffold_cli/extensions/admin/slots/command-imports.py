from .admin.administrators import grant, revoke
