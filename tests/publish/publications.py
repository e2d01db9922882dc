"""A publication in an invented place, whose names are full of signs."""

from __future__ import annotations

from dataclasses import replace

from mgi_report.content.facts import Facts, Release, ReliefWeb
from mgi_report.pages.model import Conformance
from mgi_report.publish.model import Edition, Entry, File, Publication

SIGNS = 'A "B" & <C> ’s'
"""What each format has its own way to write."""

RELIEFWEB = ReliefWeb((11,), (22, 33), 4, {"en": 5, "fr": 6}, (7,))

FACTS = Facts(
    *(
        "zarinia-2024",
        "mgi",
        "ZZA",
        "Zarinia",
        f"Republic of {SIGNS}",
        "national",
        "first",
        1,
        2024,
    ),
    *("2024-03", ("en", "fr"), (SIGNS, "Second & Co")),
    keywords=(SIGNS, "migration"),
    rights=f"© {SIGNS}",
    identifiers={
        "isbn-pdf": "978-92-9268-001-5",
        "issn": "2789-2816",
        "reference": "PUB2024/001/EL",
        "doi": "10.1000/182",
    },
    release=Release("2024-05-06", "https://example.org/a?b=1&c", "https://example.org/files/"),
)


def edition(lang: str, facts: Facts = FACTS) -> Edition:
    name = "pub2024-001-el-zarinia-mgi-profile" + ("" if lang == "en" else f"-{lang}")
    return Edition(
        lang=lang,
        direction="ltr",
        name=name,
        language={"en": "English", "fr": "French"}[lang],
        title=f"{SIGNS} ({lang})",
        series="Migration Governance Indicators",
        cover="Cover",
        subject=f"Of {SIGNS}",
        abstract=f"First {SIGNS}, *not* [bold].\n\nSecond.",
        contents=(Entry(SIGNS, 6), Entry("Annexes", 28)),
        facts=facts,
        conformance=Conformance.UA1_A3A,
        files=(
            File(f"{name}.pdf", f"%PDF {lang}".encode(), "application/pdf", "screen", 31),
            File(f"{name}.epub", f"PK {lang}".encode(), "application/epub+zip", "epub"),
            File(f"{name}.html", f"<p>{lang}".encode(), "text/html", "html"),
            *(
                File(f"covers/{name}-cover-{size}.jpg", b"JPEG", "image/jpeg", kind, size=(10, 14))
                for size in ("large", "medium")
                for kind in [f"cover-{size}"]
            ),
        ),
    )


def publication(facts: Facts = FACTS) -> Publication:
    return Publication((edition("en", facts), edition("fr", facts)), "mgi-report 1", None)


def unknown() -> Publication:
    """Give one of which no more is known than there must be."""
    return publication(replace(FACTS, identifiers={}, release=Release(), keywords=(), rights=""))


def with_reliefweb() -> Publication:
    return publication(replace(FACTS, release=replace(FACTS.release, reliefweb=RELIEFWEB)))
