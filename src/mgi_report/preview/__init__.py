"""A use: the profile's pages in a browser, as they will be printed, after every save.

Where to look, to change what is made and when: `studio`; what is drawn: `drawing`; what the browser
may ask: `routes`; the page itself: the folder `page`.
"""
