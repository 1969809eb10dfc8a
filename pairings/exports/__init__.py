"""Forms of this app's lists for the office to fill in."""
