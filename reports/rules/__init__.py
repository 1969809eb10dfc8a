"""What is missing or overdue, who must act, and the page that does it."""
