"""Pages about coming in, people and places."""
