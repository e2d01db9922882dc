"""Which profile is typeset, and in which language. Loads nothing, so that peers stay small."""

PROFILE = "content/mali-2021"
LANG = "en"
