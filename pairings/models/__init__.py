"""The year's campaign and its turn, the leading group, pairings and proposals, plans and notes for a pupil."""

from pairings.models.campaigns import Campaign, Phase
from pairings.models.leadership import LeadershipMember
from pairings.models.pairings import Heading, Pairing
from pairings.models.plans import HelpPlan
from pairings.models.proposals import Proposal, ProposalBatch
from pairings.models.study_notes import StudyNote
from pairings.models.turns import Way, YearTurn

__all__ = [
    "Campaign",
    "Heading",
    "HelpPlan",
    "LeadershipMember",
    "Pairing",
    "Phase",
    "Proposal",
    "ProposalBatch",
    "StudyNote",
    "Way",
    "YearTurn",
]
