"""The year's campaign and its turn, the leading group, the pairings, and what is planned and noted for a pupil."""

from pairings.models.campaigns import Campaign, Phase
from pairings.models.leadership import LeadershipMember
from pairings.models.pairings import Heading, Pairing
from pairings.models.plans import HelpPlan
from pairings.models.study_notes import StudyNote

__all__ = [
    "Campaign",
    "Heading",
    "HelpPlan",
    "LeadershipMember",
    "Pairing",
    "Phase",
    "StudyNote",
    "Way",
    "YearTurn",
]
from pairings.models.turns import Way, YearTurn
