".versions.blueprint",
