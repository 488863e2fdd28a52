".status.blueprint",
