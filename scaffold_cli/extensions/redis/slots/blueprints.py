".counter.blueprint",
