"""Step 5, bind: the outline, which mirrors the headings (ISO 32000-2, 12.3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mgi_report.pages.binding.links import Destinations
from mgi_report.pages.binding.objects import Objects, reference, text
from mgi_report.pages.binding.places import Place, Places
from mgi_report.pages.model import Leaf


@dataclass(slots=True)
class Entry:
    """An entry of the outline."""

    text: str
    place: Place
    entries: list[Entry] = field(default_factory=list)


def outline(leaves: Sequence[Leaf], places: Places) -> list[Entry]:
    """Nest the headings of each section; one without headings goes by its title."""
    return [
        entry
        for leaf, first in zip(leaves, places.first, strict=True)
        for entry in _section(leaf, first)
    ]


def _section(leaf: Leaf, first: int) -> list[Entry]:
    section = leaf.section
    entries: list[Entry] = []
    open_entries: list[tuple[int, list[Entry]]] = [(0, entries)]
    for heading in leaf.pages.headings:
        # A level that is skipped, an author's mistake, does not leave an empty one here.
        while open_entries[-1][0] >= heading.level:
            open_entries.pop()
        place = Place(section.id, heading.anchor, first + heading.page, None, heading.y)
        entry = Entry(" ".join(heading.text.split()), place)
        open_entries[-1][1].append(entry)
        open_entries.append((heading.level, entry.entries))
    if not entries and section.title and leaf.pages.count:
        entries.append(Entry(section.title, Place(section.id, "", first, None, None)))
    return entries


def write(objects: Objects, entries: Sequence[Entry], destinations: Destinations) -> int:
    """Write the outline with its first level open, and give its number."""
    root = objects.reserve()
    bounds = _write(objects, entries, root, destinations)
    objects.put(root, f"<</Type/Outlines{bounds}/Count {len(entries)}>>")
    return root


def _write(
    objects: Objects, entries: Sequence[Entry], parent: int, destinations: Destinations
) -> str:
    """Write entries; give the /First, /Last and /Count of what they stand under."""
    if not entries:
        return ""
    own = [objects.reserve() for _ in entries]
    for index, (entry, entry_number) in enumerate(zip(entries, own, strict=True)):
        links = f"/Parent {reference(parent)}"
        if index:
            links += f"/Prev {reference(own[index - 1])}"
        if index + 1 < len(own):
            links += f"/Next {reference(own[index + 1])}"
        below = _write(objects, entry.entries, entry_number, destinations)
        if below:
            below += f"/Count {-len(entry.entries)}"  # negative: closed (table 151)
        action = destinations.action(entry.place)
        objects.put(entry_number, f"<</Title{text(entry.text)}{links}{below}/A{action}>>")
    return f"/First {reference(own[0])}/Last {reference(own[-1])}"
