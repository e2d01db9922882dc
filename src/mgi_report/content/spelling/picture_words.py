"""Step 2, resolve: texts for pictures that say nothing to those who cannot see them.

Source: WCAG 2.2, 1.1.1 and its failures F30 and F38.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import basename, splitext

from mgi_report.content.cover import Picture
from mgi_report.content.model import Figure
from mgi_report.content.words import Language
from mgi_report.diagnostics import Diagnostic, Rule, Severity

_FILE = re.compile(r".+\.(?:jpe?g|png|svg|gif|tiff?|webp|pdf)", re.IGNORECASE)
_NUMBER = re.compile(r"[\d_]")


def check_picture_words(
    pictures: Iterable[Figure | Picture], languages: Iterable[Language]
) -> Iterator[Diagnostic]:
    """Find pictures that are called "photo", in any of the languages, or as their file is."""
    vague = {words.casefold() for language in languages for words in language.vague_pictures}
    for each in pictures:
        alt = each.alt.strip(" .:…")
        if alt.casefold() in vague or _is_file(alt, each.path):
            message = f'"{alt}" does not say what the picture shows.'
            hint = "Say it in a sentence, for those who cannot see it: A border post at Kayes."
            yield Diagnostic(Rule.PICTURE_HAS_ALT, message, each.span, hint, Severity.WARNING)


def _is_file(alt: str, path: str) -> bool:
    """Tell whether a text is the name of a file; IMG_2034 is one without its ending."""
    stem = splitext(basename(path))[0]
    is_stem = alt.casefold() == stem.casefold() and bool(_NUMBER.search(stem))
    return is_stem or bool(_FILE.fullmatch(alt))
