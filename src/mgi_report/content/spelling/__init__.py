"""Step 2, resolve: words that are written in more than one way.

Where to look, to change what is said of a word: `two_ways`; of a name: `names`, `naming`; of a
law's number: `lawnumbers`; of a link's words: `link_words`; of words in another script: `scripts`.
"""
