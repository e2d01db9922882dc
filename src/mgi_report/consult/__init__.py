"""Consultation rounds: a draft goes out as Word, comes back as proposals, and loses nothing.

`model` is the vocabulary. `blocks` reads a profile as numbered blocks (`printing` makes them of the
content, `source` knows where each character stands). `opening` freezes a round, `rounds` finds it
again. `document`, `word_styles`, `word_notes` and `matrix` are what is sent; `word_reader`,
`sheet_reader` and `pdf_reader` read what comes back, `comparing` and `placing` find the blocks,
`returning` and `editing` make edits of it, `importing` and `proposals` keep them.
`deciding`, `applying`, `rewriting` and `restructuring` do what their names say.
"""
