"""The box on every page that leads to people, places and pages by their names."""
