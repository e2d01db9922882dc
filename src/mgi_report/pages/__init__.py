"""Steps 3 to 5: from a `Profile` to a `Volume`.

The vocabulary (`model`), the door to WeasyPrint (`engine`), the `store`, and `press`, which has
sections made until the page numbers in them are true, stand here. The rest, by what it does:

- `composing`: step 3, a profile and a layout become sections of HTML and CSS
- `typesetting`: step 4, sections become pages
- `tagging`: step 4, what stands on the pages gets its meaning, as structure elements
- `drafting`: what is laid over the pages of a draft
- `binding`: step 5, pages become one volume

Where to look here, to change messages about style sheets and typesetting: `complaints`; the line
that they lead to: `placing`.
"""
