".preferences.blueprint",
