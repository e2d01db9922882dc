"""Step 5, bind: sections' pages become one volume, by `bind`.

Where to look, to change

- what is painted, as it comes into the volume: `clippings`, `paste`
- the structure tree: `structure`; the tags of a standard: `roles`
- links and outline: `places`, `links`, `outline`; fonts: `embed`; colours: `colour`
- metadata: `xmp`, `particulars`
"""
