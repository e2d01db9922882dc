"""The figures of the indicators: what each shows, for those who see it and those who do not."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.projects import ROOT
from tests.reading import read_aloud, shown, words_of_html

from mgi_report.checks import conformance
from mgi_report.checks.conformance import Standard
from mgi_report.pages.composing.drawing import mark
from mgi_report.project import MemoryProject
from mgi_report.publish.text.reflowing import reflow
from mgi_report.steps import make
from mgi_report.workshop import Made

LATER, FIRST = "content/sample-country-2026", "content/sample-country-2024"
FOUND = """\
indicators:
  health-care: {answer: there, evidence: Not to be published., earlier: partly}
  school-education: {answer: partly, earlier: there}
  social-security: {answer: there, source: insurance-act-2025, earlier: partly}
  local-vote: {answer: absent, earlier: absent}
"""
STANDARDS = {
    "ua1+3a": [Standard.UA1, Standard.A3A],
    "ua2+4f": [Standard.UA2, Standard.A4F],
}


def made_of(
    folder: str = LATER, lang: str = "en", found: str | None = FOUND, standard: str = "ua1+3a"
) -> Made:
    """Build a sample that asks for the figures, with other answers than its own."""
    files: dict[str, str | bytes] = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.name != "indicators.yml"
    }
    facts = (ROOT / folder / "profile.yml").read_text("utf-8")
    if "sections:" not in facts:
        files[f"{folder}/profile.yml"] = f"{facts}\nsections: {{indicators: true}}\n"
    if found is not None:
        files[f"{folder}/indicators.yml"] = found
    return make(MemoryProject(files), folder, lang, standard=standard)


def section_of(made: Made, tmp_path: Path) -> list[str]:
    """Give what a screen reader says of the section with the figures, a line for each block."""
    assert made.volume
    for said in read_aloud(made.volume.pdf, tmp_path):
        lines = [line.strip() for line in said.aloud()]
        if any("Indicators by domain" in line for line in lines if line.startswith("H1")):
            return lines
    raise AssertionError


def test_each_domain_has_a_sentence_a_picture_and_a_table(tmp_path: Path) -> None:
    lines = section_of(made_of(), tmp_path)
    at = next(n for n, line in enumerate(lines) if line.startswith("H2 Migrants’ rights"))
    end = next(n for n, line in enumerate(lines) if line.startswith("H2 Whole"))
    heard = " / ".join(lines[at:end])
    assert (
        "P In place: 2 of 22 (2024: 1); partly in place: 1 (2024: 2); absent: 1 (2024: 1). "
        "Not answered: 18." in heard
    )
    assert "P 2024 / Figure / P 2026 / Figure" in heard, heard
    cells = [line.split(" ", 1)[1] for line in lines[at:end] if line.startswith(("TH ", "TD "))]
    assert cells[:5] == ["Year", "In place", "Partly in place", "Absent", "Not answered"]
    assert cells[5:] == ["2024", "1", "2", "1", "18", "2026", "2", "1", "1", "18"]
    assert any("no ranking" in line for line in lines)


@pytest.mark.skipif(not conformance.available(), reason="veraPDF is not installed")
@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize(("folder", "lang"), [(LATER, "en"), (FIRST, "ar")])
def test_pages_with_figures_keep_the_standards(folder: str, lang: str, standard: str) -> None:
    """In Arabic, too; a first profile has no row for an assessment before."""
    found = FOUND if folder == LATER else "indicators:\n  health-care: {answer: there}\n"
    made = made_of(folder, lang, found, standard)
    assert made.volume
    assert {each.rule for each in made.diagnostics} <= {"change-is-told"}
    assert conformance.broken_rules(made.volume.pdf, STANDARDS[standard]) == []


def test_text_without_pages_has_the_figures_too() -> None:
    (section,) = (each.section for each in made_of().leaves if each.section.id == "indicators")
    html = reflow(section, ("year",)).body
    drawings = [each.get("aria-label", "") for each in html.iter("svg")]
    assert len(drawings) == 7  # only the first domain was assessed before
    assert drawings[0] == "2024: squares, one for each indicator; the table has their numbers"
    years = [each.text for each in html.iter("p") if each.get("class") == "year"]
    assert years[:2] == ["2024", "2026"]
    assert len(list(html.iter("table"))) == 6
    assert "In place: 2 of 22" in shown(" ".join(words_of_html(section.html)))


def test_evidence_does_not_travel_in_the_pdf() -> None:
    volume = made_of().volume
    assert volume
    reader = PdfReader(BytesIO(volume.pdf))
    assert not [name for name in reader.attachments if "indicators.yml" in name]


def test_figures_without_anything_found_are_told() -> None:
    (told,) = made_of(found=None).diagnostics
    assert str(told.span) == f"{LATER}/indicators.yml:1:1"
    assert 'There is no file indicators.yml, which the section "indicators" needs.' in told.message


def test_marks_can_be_told_apart_by_their_area() -> None:
    def filled(path: str) -> float:
        """Add up the signed areas of a path’s parts; what is cut out runs the other way round."""
        total = 0.0
        for part in re.findall(r"M([^z]*)z", path):
            x, y = map(float, re.match(r"([\d.]+) ([\d.]+)", part).groups())  # type: ignore[union-attr]
            points = [(x, y)]
            for step, numbers in re.findall(r"([hvl])([-\d. ]+)", part):
                values = [float(each) for each in numbers.split()]
                x += 0 if step == "v" else values[0]
                y += 0 if step == "h" else values[-1]
                points.append((x, y))
            pairs = zip(points, [*points[1:], points[0]], strict=True)
            total += sum(a * d - c * b for (a, b), (c, d) in pairs) / 2
        return total

    areas = [filled(mark(kind, 0, 0, 10)) for kind in ("there", "partly", "absent", "open")]
    assert areas == pytest.approx([100, 69.5, 39.2, 9], abs=1)
