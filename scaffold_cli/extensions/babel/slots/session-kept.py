"language",
