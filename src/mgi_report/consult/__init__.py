"""Consultation rounds: a draft goes out as Word, comes back as proposals, and loses nothing.

`model` is the vocabulary. `blocks` reads a profile as numbered blocks (`printing` makes them of the
content, `source` knows where each character stands). `opening` freezes a round, `rounds` finds it
again. `document`, `word_styles`, `word_notes` and `matrix` are what is sent; `word_reader` (with
`word_story` and `word_looks`), `sheet_reader` and `pdf_reader` (with `pdf_pages` and `pdf_words`)
read what comes back, `comparing` and `placing` find the blocks, `returning`, `editing` and `looks`
make edits of it, `importing` and `proposals` keep them.
`deciding`, `applying`, `rewriting` and `restructuring` do what their names say.
"""
