"postgres": "postgresql+psycopg",  # as Heroku and others still write it
"postgresql": "postgresql+psycopg",
