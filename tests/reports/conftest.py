"""The town every test of the attachments looks at."""

import pytest

from tests.reports.town import Town, make_town


@pytest.fixture
def town(db: None) -> Town:
    """麻镇 around the hand-over of 1 May 2018."""
    return make_town()
