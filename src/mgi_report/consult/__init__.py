"""Consultation rounds: a draft goes out as Word, comes back as proposals, and loses nothing.

`model` is the vocabulary. `blocks` reads a profile as numbered blocks (`printing` makes them of the
content, `source` knows where each character stands). `rounds` opens and reads a round, `journal`
writes its files. `document`, `word_styles`, `word_notes` and `matrix` are what is sent; `package`,
`word_reader`, `sheet_reader` and `pdf_reader` read what comes back, `comparing` and `placing` find
the blocks, `returning` makes proposals of it. `deciding` and `applying` do what their names say.
"""
