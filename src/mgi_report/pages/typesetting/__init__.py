"""Step 4, typeset: sections become pages, by `typeset`.

Where to look, to change

- footnotes that break over pages: `notes`; how high they are: `foot`
- text that does not fit: `fitting`; that cannot be read: `legibility`; that CSS hides: `hiding`
- colours that nothing defines: `tokens`; what may be loaded: `fetching`
- when a section is typeset again: `digest_of` in `keeping`; by whom: `typesetter`, `crew`
"""
