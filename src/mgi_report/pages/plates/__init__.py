"""Step 5, bind, for a press: a block and its cover, in the four inks of a press, as PDF/X-4.

Where to look, to change

- what ink a colour gets: `inks`; pictures: `pictures`; the ICC profile: `profiles`
- how pages come into these inks: `separating`, `shadings`
- trim, bleed, marks: `sheets`; the block, the cover and what they say of themselves: `volumes`
"""
