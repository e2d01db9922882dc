"""Words of the source can be read out of the PDF."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from tests.projects import mali_made

from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.steps import unread
from mgi_report.workshop import Made

pytestmark = pytest.mark.xdist_group("mali")


def found_in(made: Made, pdf: bytes) -> list[Diagnostic]:
    assert made.volume
    return list(unread(replace(made, volume=replace(made.volume, pdf=pdf))))


def test_all_words_of_mali_can_be_read() -> None:
    made = mali_made()
    assert made.volume
    assert found_in(made, made.volume.pdf) == []


def test_a_font_that_says_other_letters_than_it_shows_is_told() -> None:
    made = mali_made()
    assert made.volume
    with pikepdf.open(BytesIO(made.volume.pdf)) as volume:
        for each in volume.objects:
            if isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each:
                told = each.ToUnicode.read_bytes().replace(b"<006d>", b"<0078>")
                each.ToUnicode.write(told.replace(b"<006D>", b"<0078>"))
        file = BytesIO()
        volume.save(file)
    (one,) = found_in(made, file.getvalue())
    assert one.rule is Rule.TEXT_CAN_BE_EXTRACTED
    assert one.message.startswith("Words of the text cannot be read out of the PDF: ")
    assert one.span
    assert one.span.file.endswith(".md")
