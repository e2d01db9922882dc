"""What is read out of finished files: the words of the source, in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from tests.content.tiny import resolved, tiny
from tests.projects import mali_made

from mgi_report.checks.extraction import unlike
from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.steps import unread
from mgi_report.workshop import Made

pytestmark = pytest.mark.xdist_group("mali")

ANNEXES = "content/shared/en/annexes.md"
TEXT = "## One {#one}\n\nThe first[^z] of 12 000.\n\n- an item\n- another\n\n[^z]: In a note."
SAID = "One\nThe first2 of 12000.\n2 In a note.\n• an\nitem\n• another"


def changed(change: Callable[[pikepdf.Pdf], None]) -> list[Diagnostic]:
    """Change Mali's PDF, and read it."""
    made = mali_made()
    assert made.volume
    with pikepdf.open(BytesIO(made.volume.pdf)) as volume:
        change(volume)
        file = BytesIO()
        volume.save(file)
    return list(unread(replace(made, volume=replace(made.volume, pdf=file.getvalue()))))


def nothing(volume: pikepdf.Pdf) -> None:
    """Leave a file as it is."""


def say_other_letters(volume: pikepdf.Pdf) -> None:
    for each in volume.objects:
        if isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each:
            told = each.ToUnicode.read_bytes().replace(b"<006d>", b"<0078>")
            each.ToUnicode.write(told.replace(b"<006D>", b"<0078>"))


def say_the_last_paragraph_first(volume: pikepdf.Pdf) -> None:
    document = volume.Root.StructTreeRoot.K
    objective = document.K[5]
    objective.K = pikepdf.Array([objective.K[0], objective.K[-1], *list(objective.K)[1:-1]])


def without_structure(volume: pikepdf.Pdf) -> None:
    del volume.Root.StructTreeRoot


@pytest.mark.parametrize(
    ("change", "message", "place"),
    [
        (say_other_letters, "Words of the text cannot be read out of the PDF: “", ".md"),
        (
            say_the_last_paragraph_first,
            "Words of the text stand in another place in the PDF: “the mgi can also",
            "objective.md",
        ),
        (without_structure, "Words of the text cannot be read out of the PDF: “", ".md"),
    ],
)
def test_a_pdf_that_says_something_else_is_told(
    change: Callable[[pikepdf.Pdf], None], message: str, place: str
) -> None:
    (one,) = changed(change)
    assert one.rule is Rule.TEXT_CAN_BE_EXTRACTED
    assert one.message.startswith(message)
    assert one.span
    assert one.span.file.endswith(place)


def test_all_words_of_mali_are_read_in_their_order() -> None:
    assert changed(nothing) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "", None),
        ("The", "THE", None),
        ("first", "fi\u00adrst", None),
        ("12000", "١٢٠٠٠", None),
        ("of 12000", "12000 of", (3, "cannot be read out of the PDF: “of 12000”.")),
        ("12000", "12001", (3, "cannot be read out of the PDF: “12000”.")),
        ("first2", "first3", (3, "cannot be read out of the PDF: “first2 of 12000”.")),
        ("One\n", "", (1, "cannot be read out of the PDF: “one”.")),
        ("an\nitem\n• another", "another\n• an item", (6, "stand in another place in the PDF:")),
        ("note", "text", (8, "cannot be read out of the PDF: “note”.")),
        ("of", "of of", (3, "cannot be read out of the PDF: “12000”.")),
    ],
)
def test_words_figures_headings_items_and_notes_are_compared(
    old: str, new: str, told: tuple[int, str] | None
) -> None:
    profile, _ = resolved(tiny({ANNEXES: TEXT}))
    assert old in SAID
    found = list(unlike({"annexes": SAID.replace(old, new)}, ["annexes"], profile, "the PDF"))
    assert len(found) == (told is not None)
    if told:
        assert found[0].span
        assert found[0].span.line == told[0]
        assert told[1] in found[0].message


def test_a_section_that_is_not_there_is_told() -> None:
    made: Made = mali_made()
    assert made.profile
    (one,) = unlike({}, ["objective"], made.profile, "the EPUB")
    assert "cannot be read out of the EPUB" in one.message
