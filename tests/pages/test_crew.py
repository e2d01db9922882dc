"""Workers typeset as this process does, whatever they were given before."""

from __future__ import annotations

from tests.pages.html import section

from mgi_report.pages.model import Supplies
from mgi_report.pages.typesetting import keeping
from mgi_report.pages.typesetting.crew import Crew
from mgi_report.pages.typesetting.typeset import typeset_anywhere

TEXTS = ("<p>One</p>", "<p>Two</p>", "<p>Three</p>")


def test_workers_that_have_style_sheets_and_fonts_before_there_is_a_section() -> None:
    sections = {text: section(text) for text in TEXTS}
    first = sections[TEXTS[0]]
    crew = Crew(2)
    try:
        crew.supply_fonts(Supplies((), first.fonts, first.files))
        crew.supply(Supplies(first.styles, first.fonts, first.files))
        crew.supply(Supplies((), (), {}))  # too late, and harmless
        waiting = [*sections.values()]
        answers: dict[str, bytes | None] = {}
        while waiting or crew.is_busy:
            while waiting and crew.give(waiting[0]):
                waiting.pop(0)
            answers |= {given.html: answer for given, answer in crew.take()}
    finally:
        crew.close()
    for each in sections.values():
        assert answers[each.html] == keeping.encode(typeset_anywhere(each))


def test_workers_that_are_let_go_while_fonts_are_handed_to_them() -> None:
    crew = Crew(2)
    crew.supply_fonts(Supplies((), (), {"large.ttf": bytes(8_000_000)}))
    crew.close()
    assert not crew.is_there
    crew.begin()
    first = section(TEXTS[0])
    try:
        assert crew.give(first)
        ((_, answer),) = crew.take()
    finally:
        crew.close()
    assert answer == keeping.encode(typeset_anywhere(first))
