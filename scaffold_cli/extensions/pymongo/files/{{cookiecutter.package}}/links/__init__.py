"""Short links to addresses elsewhere, and how often they are followed."""
