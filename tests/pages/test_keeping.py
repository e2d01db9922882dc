"""The digest of a section: another one for all that its pages are made from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mgi_report.diagnostics import Span
from mgi_report.pages.css_text import what_counts
from mgi_report.pages.model import FontFace, Section, StyleSheet
from mgi_report.pages.typesetting.keeping import digest_of

FONT = FontFace("House", 400, italic=False, path="a.ttf")
SECTION = Section(
    id="objective",
    kind="text",
    title="Objective",
    lang="en",
    direction="ltr",
    html="<p>A text.</p>",
    styles=(StyleSheet("a.css", "p { color: red }"),),
    fonts=(FONT,),
    files={"a.ttf": b"A font."},
)
DIGEST = digest_of(SECTION, "1.0")


@pytest.mark.parametrize(
    "other",
    [
        {"id": "introduction"},
        {"lang": "fr"},
        {"direction": "rtl"},
        {"html": "<p>A word.</p>"},
        {"styles": (StyleSheet("b.css", "p { color: red }"),)},
        {"styles": (StyleSheet("a.css", "p { color: blue }"),)},
        {"fonts": (replace(FONT, family="Home"),)},
        {"fonts": (replace(FONT, weight=600),)},
        {"fonts": (replace(FONT, italic=True),)},
        {"fonts": (replace(FONT, path="b.ttf"),)},
        {"fonts": (replace(FONT, without="0123"),)},
        {"files": {"a.ttf": b"Another."}},
        {"template": "a.html.j2"},
    ],
    ids=str,
)
def test_another_section_has_another_digest(other: dict[str, object]) -> None:
    assert digest_of(replace(SECTION, **other), "1.0") != DIGEST  # type: ignore[arg-type]


def test_another_program_has_another_digest() -> None:
    assert digest_of(SECTION, "1.1") != DIGEST


def test_where_blocks_come_from_does_not_count() -> None:
    moved = replace(SECTION, blocks={"b1": Span("a.md", 7)}, written=("a.md",))
    assert digest_of(moved, "1.0") == DIGEST


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("p { color: red }", "/* was: blue */\np  {\n\tcolor: red\n}\n"),
        ('p { content: "a /* b */" }', 'p { content: "a /* b */" } /* "c */'),
        ("a /**/ b {}", "a b {}"),
    ],
)
def test_comments_and_spacing_do_not_count(one: str, other: str) -> None:
    assert what_counts(one) == what_counts(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("p.a b {}", "p.ab {}"),
        ("p.a/**/b {}", "p.a b {}"),
        ('p { content: "a b" }', 'p { content: "a  b" }'),
        ('p { content: "a /* b */" }', 'p { content: "a /* c */" }'),
        # A text ends at the end of its line, closed or not.
        ('p { quotes: "a b" "c" }', 'p { quotes: "a\nb" "c" }'),
        ('p { quotes: "a b" "c" }', 'p { quotes: "a\rb" "c" }'),
        # One space ends what is escaped, the second parts words.
        (r".\72 ail {}", r".\72  ail {}"),
        (r".\41/**/B {}", r".\41 B {}"),
        ("p { background: url(a b) }", "p { background: url(a  b) }"),
    ],
)
def test_what_changes_the_meaning_counts(one: str, other: str) -> None:
    assert what_counts(one) != what_counts(other)
