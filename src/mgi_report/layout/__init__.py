"""A layout, as its layout.yml says it.

Where to look, to change a key: `file`; what the program knows of it: `model`; how it is read:
`reading`; how a layout stands on another: `extending`.
"""
