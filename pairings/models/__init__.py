"""The year's campaign, the leading group, the pairings and what is proposed for them."""

from pairings.models.campaigns import Campaign, Phase
from pairings.models.leadership import LeadershipMember
from pairings.models.pairings import Heading, Pairing
from pairings.models.proposals import Proposal, ProposalBatch

__all__ = ["Campaign", "Heading", "LeadershipMember", "Pairing", "Phase", "Proposal", "ProposalBatch"]
