"""Steps 1 and 2: from files to a `Profile`.

Where to look, to change

- a key of profile.yml or sources.yml: `schema`, then `facts` or `sources`
- what Markdown may say: `markdown_syntax`, `markdown_blocks`, `markdown_inline`;
  what is refused: `markdown_refused`; what nearly is Markdown: `markdown_leftovers`
- a variable: `variables`
- a word that the program prints: `labels`
- order and letters of sources: `citing`
- numbers of notes: `numbering`
- what is known of a language (content/shared/<language>): `wordlists`
- what is written in two ways: `spelling`, `names`, `naming`, `lawnumbers`
- words of links that say nothing: `link_words`
- words of sources in a translation: `overlay`; what a translation lacks: `shared`, `wholeness`
- how a translation is held against its original: `passages`, `pairing`, `comparing`; against what
  is kept of both: `record`, `changes`, `in_step`
"""
