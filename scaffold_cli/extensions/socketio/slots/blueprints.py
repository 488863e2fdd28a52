".visitors.blueprint",
