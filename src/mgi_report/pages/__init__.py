"""Steps 3 to 5: from a `Profile` to a `Volume`.

Where to look, to change

- HTML of a paragraph, list or note: `markup`; of an entry of the key sources: `bibliography`
- what a template may use: `context`; filters and functions: `compose`; how it is run: `templates`
- where a layout's files are found, the profile's own first: `stock`
- where lines must not break: `ties`; by which words: language.yml of the language
- tags of an HTML element: `meaning`, `lists`, `tables`, `figures`; of a standard: `roles`
- where spaces are lost, letters changed, notes read: `texts`, `finishing`
- footnotes that break over pages: `notes`; how high they are: `foot`
- text that does not fit: `fitting`; that cannot be read: `legibility`; that CSS hides: `hiding`
- when a section is typeset again: `digest_of` in `keeping`; what is said of it: `reasons`
- messages about style sheets and typesetting: `complaints`; the line they lead to: `placing`
- colours that nothing defines: `tokens`
- what is painted, as it comes into the volume: `clippings`, `paste`
- metadata: `xmp`, and `particulars`
"""
