"""Pages of the campaign, the leading group and the pairings."""
