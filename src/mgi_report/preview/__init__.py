"""A use: the profile's pages in a browser, as they will be printed, after every save."""
