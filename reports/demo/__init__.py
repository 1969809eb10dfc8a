"""A made-up district to try the portal with: nobody in it exists."""
