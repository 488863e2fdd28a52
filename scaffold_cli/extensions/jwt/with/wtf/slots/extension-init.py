csrf.exempt(f"{__package__}.tokens.views.issue")  # it takes no cookie for a proof
