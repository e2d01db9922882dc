"""Step 2, resolve: a `Profile` gets all that depends on more than one place in it, by `resolve`.

Where to look, to change a variable: `variables`; order and letters of sources: `citing`; numbers
of notes: `numbering`; what levels have parts of a text: `levels`.
"""
