"""What is true of the files for those who read in another way than with their eyes.

What is said here is kept by how the files are made, and by a rule of docs/rules.md or a test.
"""

from __future__ import annotations

from dataclasses import dataclass

from mgi_report.pages.model import Conformance
from mgi_report.publish.model import Edition


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that a file has."""

    onix: str
    """Code of ONIX list 196."""
    schema: str
    """Value of schema.org's accessibilityFeature; empty where it has none for it."""


_CONTENTS = Feature("11", "tableOfContents")
_ORDER = Feature("13", "readingOrder")
_ALTERNATIVES = Feature("14", "alternativeText")
_LANGUAGES = Feature("22", "")
_HEADINGS = Feature("29", "structuralNavigation")
_ROLES = Feature("30", "ARIA")
_OWN_LOOK = Feature("36", "displayTransformability")
_ANY = (_CONTENTS, _ORDER, _ALTERNATIVES, _LANGUAGES, _HEADINGS)

_STANDARDS = {
    Conformance.UA1_A3A: Feature("05", "taggedPDF"),
    Conformance.UA2_A4F: Feature("06", "taggedPDF"),
}
"""Only where veraPDF has judged the file."""


def features_of(kind: str, edition: Edition) -> tuple[Feature, ...]:
    """Give what is true of a file of one kind."""
    if kind == "screen":
        judged = (_STANDARDS[edition.conformance],) if edition.conformance else ()
        return (*judged, *_ANY)
    return (*_ANY, _ROLES, _OWN_LOOK) if kind in ("epub", "html") else ()
