"""Steps 3 to 5: from a `Profile` to a `Volume`."""
