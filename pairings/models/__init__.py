"""The year's campaign, the leading group and the pairings."""

from pairings.models.campaigns import Campaign, Phase
from pairings.models.leadership import LeadershipMember
from pairings.models.pairings import Heading, Pairing

__all__ = ["Campaign", "Heading", "LeadershipMember", "Pairing", "Phase"]
