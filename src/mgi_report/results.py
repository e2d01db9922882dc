"""What a build gives back. Small, so that a build with nothing to do is quick."""

from __future__ import annotations

from dataclasses import dataclass, field

from mgi_report.diagnostics import Diagnostic, has_errors

FURNITURE = "running heads and folios"
"""What is laid over the pages of sections, as it is named where it was typeset again."""


@dataclass(frozen=True, slots=True)
class Retypeset:
    """A section that was typeset again."""

    section_id: str
    """"covid-19"."""
    reason: str
    """"en/2-whole-of-government.md changed", "the program changed", "not kept yet"."""


@dataclass(frozen=True, slots=True)
class BoundSection:
    """Where a section came to stand."""

    id: str
    title: str
    folio: int
    """Its first page, from 1."""
    pages: int
    """How many it has."""


@dataclass(frozen=True, slots=True)
class Output:
    """A volume that was made."""

    profile: str
    """"mali-2021"."""
    lang: str
    variant: str
    path: str
    """Where the PDF lies, relative to the folder the build was started in where it is inside it."""
    pages: int
    sections: tuple[BoundSection, ...]
    seconds: float
    retypeset: tuple[Retypeset, ...] = ()
    """The sections that were typeset in this build, and why; the others were kept."""
    furniture: str | None = None
    """Why running heads, folios and tabs were typeset in this build; None where they were kept."""
    unchanged: bool = False
    """Nothing that the PDF was made from has changed, and so it was left as it is."""

    @property
    def typeset(self) -> frozenset[str]:
        """Ids of the sections that were typeset in this build."""
        return frozenset(each.section_id for each in self.retypeset)


@dataclass(frozen=True, slots=True)
class Result:
    """What a build made, and all that it found."""

    outputs: tuple[Output, ...] = field(default=())
    diagnostics: tuple[Diagnostic, ...] = ()
    bundle: tuple[str, ...] = ()
    """Where a bundle for publication lies, its folder and its zip."""

    @property
    def ok(self) -> bool:
        """Whether nothing found is an error."""
        return not has_errors(self.diagnostics)
