"""The flags that headings name: `## Opinions {unless=demonstration}`."""

from __future__ import annotations

from mgi_report.content.facts import Facts
from mgi_report.content.schema import Identifiers, Status

KNOWN = (
    *(info.alias or name for name, info in Status.model_fields.items()),
    *(info.alias or name for name, info in Identifiers.model_fields.items()),
    "isbn",
    "cover-credit",
)
"""The flags of any layout: those of `status`, identifiers that there are, the cover."""


def named(text: str) -> list[str]:
    """Give the flags that a `when` or an `unless` names: "national first"."""
    return text.split()


def flags_of(facts: Facts) -> frozenset[str]:
    """Give the flags that hold for a profile.

    `isbn` holds where there is one of either kind, `cover-credit` where the cover has a photograph
    and it is known whose.
    """
    flags = {*facts.status, *facts.identifiers, facts.edition, facts.level}
    if any(name.startswith("isbn-") for name in facts.identifiers):
        flags.add("isbn")
    if facts.cover.photograph and facts.cover.photograph.credit:
        flags.add("cover-credit")
    return frozenset(flags)
