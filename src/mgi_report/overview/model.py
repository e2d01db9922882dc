"""What stands between a profile and its publication."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How far something is."""

    TO_COME = "to come"
    UNDER_WAY = "under way"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class SectionOverview:
    """A section whose words are the profile's own."""

    id: str
    """"migrants-rights"."""
    title: str
    file: str
    """Path in the project: "content/niger-2024/fr/1-migrants-rights.md"."""
    state: State
    words: int
    """Without notes, and without what is still to come."""
    usual: tuple[int, int] | None
    """The least and most words that such a section usually has; None where nothing is usual."""
    to_write: int
    """Places at which words are still to come, "[?]"."""
    sources_to_find: int
    """Places that wait for a source, "[@?]"."""
    questions: int
    """Questions to its editors, "<!-- ? … -->"."""
    length: str = ""
    """"short" or "long" where a section that is done has an unusual length."""


@dataclass(frozen=True, slots=True)
class LanguageOverview:
    """A language of the profile."""

    lang: str
    sections: tuple[SectionOverview, ...]
    lent: tuple[str, ...] = ()
    """Files that a translation has only in the original's language."""


@dataclass(frozen=True, slots=True)
class IndicatorsOverview:
    """What the indicators still lack."""

    asked: int
    answered: int
    open: tuple[str, ...]
    """Ids of those without an answer."""
    without_evidence: tuple[str, ...]
    """Ids of those that are answered without evidence."""
    without_source: tuple[str, ...]
    """Ids of those that are answered without a source."""


@dataclass(frozen=True, slots=True)
class Step:
    """One of the four steps of the MGI process."""

    name: str
    """launch, data, consultation, publication."""
    state: State
    lacking: tuple[str, ...] = ()
    """What is still to be done, a few words each."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A profile as it stands."""

    profile: str
    """Its id."""
    steps: tuple[Step, ...]
    languages: tuple[LanguageOverview, ...]
    questions: int
    """Questions in profile.yml and sources.yml, "# ? …"."""
    sources: int
    """How many sources there are."""
    indicators: IndicatorsOverview | None
    """None where the profile has no indicators."""
