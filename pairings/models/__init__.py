"""The year's campaign, the leading group, the pairings, and the turn of the year."""

from pairings.models.campaigns import Campaign, Phase
from pairings.models.leadership import LeadershipMember
from pairings.models.pairings import Heading, Pairing
from pairings.models.turns import Way, YearTurn

__all__ = ["Campaign", "Heading", "LeadershipMember", "Pairing", "Phase", "Way", "YearTurn"]
