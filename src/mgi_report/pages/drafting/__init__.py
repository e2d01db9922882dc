"""What is laid over the pages of a draft, and its list of changes."""
