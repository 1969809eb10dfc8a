"""The plan's three attachments: their columns as data, and the documents made of them."""
