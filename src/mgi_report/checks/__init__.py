"""Step 6: what must hold of a finished volume.

Where to look, to change what a PDF must hold: `audit`; that nothing of the content is lost:
`arrival`; that its words can be read back: `extraction`; how veraPDF is asked: `conformance`.
"""
