"""The manual: one page per role, with pictures that `python -m tests.manual_pictures` takes from the demo."""
