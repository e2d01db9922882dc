"""What is asked for when a profile is launched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wish:
    """A new profile, as somebody asks for it; what is empty is taken from an earlier one."""

    id: str
    """Its name, also that of its folder: "niger-2024"."""
    country: str = ""
    """ISO 3166-1 alpha-3 code: "NER"."""
    level: str = ""
    """One that the layout has: "national"."""
    edition: str = ""
    """One that the layout has: "follow-up"."""
    languages: tuple[str, ...] = ()
    """BCP 47 tags, the original first."""
    year: int | None = None
    """Of publication; the one at the end of its id, where none is given."""
    previous: int | None = None
    """Year of the profile before it, where that lies nowhere."""
    layout: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """Short names by language, of a city or state, or where the UN has none: {"pt": "Níger"}."""
    long_names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Name:
    """What a territory is called in one language."""

    name: str
    """Short: "Niger"."""
    long_name: str
    """Formal: "Republic of the Niger"."""
    in_text: str = ""
    """Formal, with its article: "the Republic of the Niger"."""
    of: str = ""
    """Short, as it stands behind "of": "du Niger"."""
    region: str = ""
    """Part of the world: "Western Africa"."""
