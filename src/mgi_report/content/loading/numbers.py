"""Step 1, load: the numbers of profile.yml under which editions are registered, each its own."""

from __future__ import annotations

from collections.abc import Iterator

from mgi_report.content.schema import ProfileFile
from mgi_report.content.validate import ANY_LANGUAGE, Checked, span_of

_OWN = {"isbn-pdf": "ISBN", "isbn-print": "ISBN", "doi": "DOI", "reference": "reference number"}
"""What no two editions have in common."""
_MAY_STAND_FOR_ALL = frozenset({"reference"})


def wrong_numbers(read: Checked[ProfileFile]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Say which numbers two editions share: place, what is wrong, what to do."""
    languages = read.value.languages
    given: dict[str, dict[str, str]] = read.value.identifiers.model_dump(by_alias=True)
    places: dict[tuple[str, str], tuple[str, ...]] = {}
    for name, what in _OWN.items():
        for lang, number in given[name].items():
            path = ("identifiers", name, *([] if lang == ANY_LANGUAGE else [lang]))
            known = (what, number.casefold())  # the capitals of a DOI do not count
            if lang == ANY_LANGUAGE and name in _MAY_STAND_FOR_ALL:
                continue
            if lang == ANY_LANGUAGE and len(languages) > 1:
                message = (
                    f"One {what} stands for all languages ({', '.join(languages)}); each edition "
                    "has its own."
                )
                hint = f"Write {name}: {{{languages[0]}: {number}}}, and add the others to it."
                yield path, message, hint
            elif known in places:
                message = (
                    f'The {what} "{number}" stands here and at {span_of(read.root, places[known])}'
                )
                hint = "Each form and each language has its own: look which of them is right."
                yield path, f"{message}.", hint
            places.setdefault(known, path)
