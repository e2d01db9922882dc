"""Step 1, load: Markdown becomes a `Document`, by `documents`.

Where to look, to change

- what Markdown may say: `syntax`, `blocks`, `inline`
- what is refused: `refused`; what nearly is Markdown: `leftovers`
- which boxes and classes may be named: `looks`
"""
