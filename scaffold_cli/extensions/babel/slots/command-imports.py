from .catalogs import add_catalog, compile_catalogs, update_catalogs
