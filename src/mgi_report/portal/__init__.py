"""A use: the pages of the web, a page for each profile and language, and lists to find them by.

Where to look, to change what a page shows: `pages`, and the templates in the layout's folder
`portal`; which files a site has: `site`; how letters come along: `letters`; which profiles
belong together: `model` and `regions`; which are shown, and how the site is written: `publishing`;
what the preview shows: `around`.
"""
