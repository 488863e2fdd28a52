".credits.blueprint",
