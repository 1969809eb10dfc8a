"""The numbers and the people a desk shows; each number names the rows behind it."""
