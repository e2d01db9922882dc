"""A use: the profile's pages in a browser, as they will be printed, after every save.

Where to look, to change what is made and when: `studio`; how one language is made and shown:
`desk`, `showing`; what is drawn: `drawing`; which line words come from: `finding`; what the browser
may ask: `routes`; the page itself: the folder `page`. The rounds of consultation: `consultation`,
what the browser may ask of them: `deciding_routes`; their page: `proposals.html` in `page`.
"""
