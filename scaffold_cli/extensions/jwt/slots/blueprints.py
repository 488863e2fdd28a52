".tokens.blueprint",
