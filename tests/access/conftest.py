"""The cast for every test of access."""

import pytest

from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Both districts and one person per role."""
    return make_cast()
