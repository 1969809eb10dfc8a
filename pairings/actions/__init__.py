"""Changes to several rows at once; each module is named for its noun."""
