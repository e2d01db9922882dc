"""A use: from the checked volumes of a profile to the bundle for the IOM Publications Platform.

`publishing` holds it together: `gate` judges, `editions` makes the files of each language (the
PDFs, `covers`, the text by `text`), `records` describes them, `telling` says in words what was
done, and `bag` puts all into a bag that is written whole or not at all.
"""
