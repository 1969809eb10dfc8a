"""What people fill in about accounts, places and teachers."""
