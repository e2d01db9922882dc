"""What the files of a bundle are called, as the Publications Platform has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import normalize

from mgi_report.content.facts import Facts


def name_of(facts: Facts, labels: Mapping[str, str], reference: str) -> str:
    """Give the name of a publication's files: "pub2021-123-el-mali-mgi-second-profile".

    It has the reference number of the language, or the year where there is none, the territory, the
    series and the edition. `facts` and `labels` are those of the original; a name that cannot be
    written in Latin letters gives way to the profile's id.
    """
    edition = slug(labels.get(f"editions.{facts.number}", ""))
    territory = slug(facts.name)
    words = (territory, slug(facts.layout), edition) if territory and edition else (facts.id,)
    return "-".join((slug(reference) or f"pub{facts.year}", *words))


def in_language(name: str, lang: str, original: str) -> str:
    """Give the name of the files in one language; those of the original have the plain one."""
    return name if lang == original else f"{name}-{lang.lower()}"


def slug(text: str) -> str:
    """Write a text in small Latin letters, figures and hyphens, as far as it can be."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
