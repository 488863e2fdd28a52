# Who may write by the API: addresses of users.
API_WRITERS = env.list("API_WRITERS", [], subcast=str)
