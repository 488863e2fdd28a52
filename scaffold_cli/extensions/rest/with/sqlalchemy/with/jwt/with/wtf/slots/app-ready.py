csrf.exempt(page_editing.blueprint)  # its callers bring a token, no cookie
