from .vite_headers import allow_dev_server
