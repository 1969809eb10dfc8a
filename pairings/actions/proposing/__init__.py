"""How a proposal comes about: the facts of the day, a cheapest assignment in rounds, and its reasons in words."""
