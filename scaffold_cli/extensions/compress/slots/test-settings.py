"COMPRESS_ALGORITHM": ["zstd", "br", "gzip"],
"COMPRESS_MIN_SIZE": 500,
