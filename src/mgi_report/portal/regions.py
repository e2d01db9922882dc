"""The regions that profiles are found by: one region, whatever its name in each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mgi_report.portal.model import Entry, plain


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the world, or of a country."""

    key: str
    """The same in all lists of a site: "western africa"."""
    names: Mapping[str, str]
    """By BCP 47 tag."""

    def lang(self, wanted: str) -> str:
        """Give the language to name it in: the wanted one, if it has a name there."""
        return wanted if wanted in self.names else next(iter(self.names))


def regions(entries: Sequence[Entry], first: str) -> dict[str, Region]:
    """Give the region of each profile by its id.

    Regions that have one name in a language are one, and have the names that each has in others.
    Keys are of the language that is `first` in the site, where it has a name.
    """
    groups: list[dict[str, str]] = []
    for entry in entries:
        whole = dict(entry.facts.regions)
        for group in [each for each in groups if _alike(each, whole)]:
            groups.remove(group)
            whole = {**whole, **group}
        groups += [whole] if whole else []
    found = {}
    for group in groups:
        key = plain(group.get(first) or next(iter(group.values())))
        for entry in entries:
            if _alike(group, entry.facts.regions):
                found[entry.facts.id] = Region(key, group)
    return found


def _alike(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return any(plain(one[lang]) == plain(name) for lang, name in other.items() if lang in one)
