"""A use: what of a profile is written, what is to come, and at which of the four steps it is."""
