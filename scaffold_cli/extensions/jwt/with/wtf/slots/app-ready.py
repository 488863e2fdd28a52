csrf.exempt(app.blueprints["tokens"])  # a token is in no cookie that browsers send
