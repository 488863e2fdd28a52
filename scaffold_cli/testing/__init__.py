"""The conformance kit: what our own extensions are checked by, for those of others too."""
