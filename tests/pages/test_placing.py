from __future__ import annotations

import pytest

from mgi_report.diagnostics import Diagnostic, Rule, Span
from mgi_report.pages.model import Section
from mgi_report.pages.placing import at_phrase, at_words, in_block, in_templates, placed

TEXTS = {
    "parts/p.html.j2": "/* p: q */\n<b style='p: {{ x }}'>",
    "t.html.j2": "<p>snow</p>",
    "en/a.md": "No snow ☃ above.\n\nBelow: ☃!\n",
    "profile.yml": "name: 日\n",
}
SECTION = Section(
    id="a",
    kind="text",
    title="A",
    lang="en",
    direction="ltr",
    html="",
    styles=(),
    fonts=(),
    files={},
    blocks={"b1": Span("en/a.md", 3, 1)},
    template="t.html.j2",
    templates=("parts/p.html.j2", "t.html.j2"),
    written=tuple(TEXTS)[1:],
)


@pytest.mark.parametrize(
    ("kept", "span"),
    [
        (None, None),
        (Span("style.css", 2), Span("style.css", 2)),
        (in_block("b1"), Span("en/a.md", 3, 1)),
        (in_block("gone"), None),
        (at_words("b1", "☃"), Span("en/a.md", 3, 8)),
        (at_words("b1", ["above"]), Span("en/a.md", 3, 1)),
        (at_words(None, "☃"), Span("en/a.md", 1, 9)),
        # What a variable brings into a block stands where the variable has it from.
        (at_words("b1", "日"), Span("profile.yml", 1, 7)),
        (at_words(None, ["snow", "☃"]), Span("t.html.j2", 1, 4)),
        (at_phrase("snow ☃ above the clouds"), Span("en/a.md", 1, 4)),
        (at_phrase("trees"), Span("t.html.j2")),
        (in_templates(None, ["p: q", r"p: \{\{"]), Span("parts/p.html.j2", 2, 11)),
        (in_templates(None, ["sn[ow]+"]), Span("t.html.j2", 1, 4)),
        (in_templates("b1", ["trees"]), Span("en/a.md", 3, 1)),
    ],
)
def test_messages_lead_to_where_it_is_now(kept: Span | None, span: Span | None) -> None:
    (now,) = placed([Diagnostic(Rule.GLYPH_EXISTS, "No.", kept)], SECTION, TEXTS.__getitem__)
    assert (now.message, now.span) == ("No.", span)


def test_what_is_written_nowhere_is_the_sections() -> None:
    found = Diagnostic(Rule.GLYPH_EXISTS, "No.", at_words(None, ["tree"]))
    (now,) = placed([found], SECTION, TEXTS.__getitem__)
    assert (now.message, now.span) == ('Section "a": No.', Span("t.html.j2"))
