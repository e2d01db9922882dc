"""Steps 1 and 2: from files to a `Profile`."""
