"""Step 2, resolve: words written in more than one way, left over, or not as the house writes.

Where to look, to change what is said of a word: `two_ways`; of a name: `names`, `naming`; of an
author: `authors`; of a law's number: `lawnumbers`; of what is left from writing: `remains`; of
marks and figures of another language: `marks`, `foreign`; of a link's words: `link_words`; of words
in another script: `scripts`; what a copy editor would mend: `house_style`.
"""
