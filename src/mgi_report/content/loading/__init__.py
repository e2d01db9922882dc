"""Step 1, load: files become a `Profile`, by `load.load`.

Where to look, to change

- a key of profile.yml: `facts`; which levels, editions and languages there are: `kinds`
- a key of sources.yml: `sources`
- a word that the program prints: `labels`
- what a section's content must have: `slots`; which files no section prints: `unused`
- what is known of a language (content/shared/<language>): `wordlists`
"""
