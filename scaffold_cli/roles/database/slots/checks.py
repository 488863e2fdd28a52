pool_size,
