"""Workbooks for the office itself: empty ones to fill in, filled ones to correct, and rows that came back."""
