"""Questions that visitors ask often, and the answers."""
