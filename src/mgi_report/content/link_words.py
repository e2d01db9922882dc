"""Words of links that say nothing to those who hear the links of a page alone (WCAG 2.2, 2.4.4)."""

SAYS_NOTHING = frozenset(
    words
    for line in """
        here, click here, link, this link, this page, read more, more, see here, website, web page
        ici, cliquez ici, cliquer ici, lien, ce lien, cette page, lire la suite, en savoir plus
        aquí, haga clic aquí, haz clic aquí, enlace, este enlace, esta página, leer más, más
        aqui, clique aqui, ligação, esta ligação, este link, leia mais, saiba mais, mais
    """.strip().splitlines()
    for words in map(str.strip, line.split(","))
)
"""In English, French, Spanish and Portuguese, a line each; in small letters."""
