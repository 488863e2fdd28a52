".auth.blueprint",
