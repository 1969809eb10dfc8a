"""The teachers' roster and the pairing list, brought in the way the registers are."""
