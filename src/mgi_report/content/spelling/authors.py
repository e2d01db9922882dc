"""Step 2, resolve: authors of sources that are written in more than one way.

Each way of writing gets a head of its own among the key sources.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from mgi_report.content.model import Source
from mgi_report.content.spelling.naming import LETTERS, is_slip
from mgi_report.content.spelling.stretches import Place, Stretch, tell_rarer
from mgi_report.content.words import Spelling, without_accents
from mgi_report.diagnostics import Diagnostic

_WORD = re.compile(r"\w+")
_LONG = 3
"""Words of a name in which a letter may be wrong: "Keita, Aminata" and "Keita, Aminato" are two."""

_Key = tuple[str, ...]
_Ways = Mapping[str, list[Place]]


def check_authors(sources: Iterable[Source], spelling: Spelling) -> Iterator[Diagnostic]:
    """Find authors that differ in case, accents, marks, or a letter of a long word."""
    keys: dict[_Key, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for source in sources:
        if "author" in source.lent:
            continue  # told with the original
        for name in source.authors:
            stretch = Stretch(name.text, name.text, [0], [name.span])
            place = Place(stretch, 0, len(name.text))
            keys[_key(name.text, spelling)][name.text].append(place)
    for ways in _joined(keys):
        yield from tell_rarer(ways)


def _key(name: str, spelling: Spelling) -> _Key:
    words = _WORD.findall(without_accents(name).casefold())
    return tuple(map(spelling.in_one_way, words))


def _joined(keys: Mapping[_Key, _Ways]) -> Iterator[_Ways]:
    """Put what differs in a letter to what it seems to mean, the most used name first."""
    left = sorted(keys, key=lambda key: -sum(map(len, keys[key].values())))
    while left:
        usual = left.pop(0)
        slips = [key for key in left if _differ_in_a_letter(key, usual)]
        left = [key for key in left if key not in slips]
        yield {way: places for key in (usual, *slips) for way, places in keys[key].items()}


def _differ_in_a_letter(one: _Key, other: _Key) -> bool:
    if len(one) != len(other) or len(one) < _LONG:
        return False
    differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    if len(differing) > 1:
        return False
    (mine, theirs) = differing[0]
    is_word = mine.isalpha() and theirs.isalpha() and min(len(mine), len(theirs)) >= LETTERS
    return is_word and is_slip(mine, theirs)
