".languages.blueprint",
