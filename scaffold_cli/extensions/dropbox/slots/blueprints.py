(".dropbox_files.blueprint", {"url_prefix": "/dropbox"}),
