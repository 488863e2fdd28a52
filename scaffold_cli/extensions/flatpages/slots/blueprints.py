".flatpages.blueprint",
