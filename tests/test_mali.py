"""The Second Profile 2021 of Mali, as it comes out of the program."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from pypdf import PdfReader
from tests.projects import MALI, ROOT, mali_made

from mgi_report.checks import conformance
from mgi_report.checks.conformance import Standard
from mgi_report.workshop import Made

pytestmark = pytest.mark.xdist_group("mali")  # one worker builds it, once

FOLIOS = {
    "objective": 6,
    "introduction": 7,
    "framework": 9,
    "key-findings": 10,
    "updates": 12,
    "migrants-rights": 14,
    "whole-of-government": 15,
    "partnerships": 17,
    "well-being": 18,
    "mobility-crises": 19,
    "safe-migration": 20,
    "covid-19": 22,
    "sources": 25,
    "annexes": 28,
}
"""Where the sections begin in the profile as it was published."""
DOMAINS = {
    "Migrants’ rights": 14,
    "Whole-of-government approach": 15,
    "Partnerships": 17,
    "Well-being of migrants": 18,
    "Mobility dimension of crises": 19,
    "Safe, orderly and regular migration": 20,
}
"""Where the chapters of the domains begin, by the names that other pages give them."""


@pytest.fixture(scope="module")
def made() -> Made:
    made = mali_made()
    assert made.volume, "\n".join(map(str, made.diagnostics))
    return made


@pytest.fixture(scope="module")
def pdf(made: Made) -> bytes:
    assert made.volume
    return made.volume.pdf


@pytest.fixture(scope="module")
def pages(pdf: bytes) -> list[str]:
    """Give the text of each page; the page with folio n has index n - 1."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_each_section_begins_on_its_page(made: Made) -> None:
    assert made.volume
    assert {s.id: s.folio for s in made.volume.sections if s.id in FOLIOS} == FOLIOS


def test_the_contents_print_the_true_pages(pages: list[str]) -> None:
    contents = " ".join(pages[4].replace("\u2060", "").split())
    for title, folio in [
        ("Objective", 6),
        ("Introduction", 7),
        ("Conceptual framework", 9),
        ("Key findings", 10),
        ("Summary of updates since 2018", 12),
        ("COVID-19 analysis", 22),
        ("Key sources", 25),
        ("Annexes", 28),
    ]:
        assert re.search(rf"{title} ?// ?{folio}\b", contents), contents
    for name, folio in DOMAINS.items():
        assert re.search(rf"{name} {folio}\b", contents), contents


def test_each_card_of_the_key_findings_prints_its_domains_page(pages: list[str]) -> None:
    cards = " ".join(pages[10].replace("\u2060", "").split())
    found = re.findall(rf"({'|'.join(DOMAINS)}) .*?PAGE (\d+)\b", cards)
    assert {name: int(folio) for name, folio in found} == DOMAINS


def test_each_text_of_a_link_names_one_place(pdf: bytes) -> None:
    """Those who go through the links of a page hear them without the words around them."""
    places: dict[str, set[str]] = {}
    for page in PdfReader(BytesIO(pdf)).pages:
        for annotation in page.get("/Annots", []):
            link = annotation.get_object()
            action = link["/A"]
            place = str(action.get("/URI") or action["/D"])
            places.setdefault(link["/Contents"], set()).add(place)
    assert [text for text, named in places.items() if len(named) > 1] == []
    assert {
        "Objective, page 6",
        "Migrants’ rights, page 14",
        "Note 6",
        "Note 6: back to the text",
        "COVID-19 analysis, note 6",
        "COVID-19 analysis, note 6: back to the text",
    } <= set(places)


def test_the_folio_stands_at_the_foot_of_each_page(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "mali.pdf").write_bytes(pdf)
    foot = ["-r", "72", "-x", "60", "-y", "800", "-W", "480", "-H", "20"]
    done = subprocess.run(
        ["pdftotext", *foot, tmp_path / "mali.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    printed = [page.strip() for page in done.stdout.split("\f")[:-1]]
    inside = printed[1:-1]  # without the covers; the title page has none
    assert inside == ["" if folio == 3 else str(folio) for folio in range(2, len(printed))]


@pytest.mark.parametrize(
    ("folio", "running_on"),
    [
        (16, "2.2 Areas with potential for further development"),
        (21, "6.2 Areas with potential for further development"),
        (26, "Government of Mali"),
        (27, None),  # a heading begins the page
        (29, "MiGOF"),
    ],
)
def test_the_rail_says_what_runs_on(pages: list[str], folio: int, running_on: str | None) -> None:
    page = " ".join(pages[folio - 1].split())
    assert f"{running_on}, continued" in page if running_on else "continued" not in page


def test_a_name_in_the_rail_does_not_end_a_line_with_a_short_word(pages: list[str]) -> None:
    lines = [" ".join(line.split()) for line in pages[12].splitlines()]
    assert "of migrants" in lines


@pytest.mark.parametrize(
    ("numbers", "folios"),
    [
        ({1: 7, 2: 7, 3: 7, 4: 8, 5: 8}, "introduction"),
        ({6: 14}, "migrants-rights"),
        ({7: 15, 8: 16}, "whole-of-government"),
        (dict.fromkeys(range(1, 12)), "covid-19"),
        ({9: 28, 10: 28, 11: 30, 12: 30}, "annexes"),
    ],
)
def test_notes_stand_on_the_page_of_their_call(
    made: Made, numbers: dict[int, int | None], folios: str
) -> None:
    calls, notes = places_of_notes(made, folios)
    assert set(calls) == set(notes) == set(numbers)
    assert calls == notes
    assert all(calls[n] == folio for n, folio in numbers.items() if folio)


def places_of_notes(made: Made, section: str) -> tuple[dict[int, int], dict[int, int]]:
    """Give the folio of each call and of each note of a section by its number, by the links."""
    assert made.volume
    reader = PdfReader(BytesIO(made.volume.pdf))
    bound = next(s for s in made.volume.sections if s.id == section)
    numbers = {page.indirect_reference: n for n, page in enumerate(reader.pages, start=1)}
    calls: dict[int, int] = {}
    notes: dict[int, int] = {}
    for folio in range(bound.folio, bound.folio + bound.pages):
        for annotation in reader.pages[folio - 1].get("/Annots", []):
            link = annotation.get_object()
            name = r"(?:COVID-19 analysis, n|N)ote (\d+)"
            if called := re.fullmatch(name, str(link.get("/Contents"))):
                calls[int(called[1])] = folio
                notes[int(called[1])] = numbers[list.__getitem__(link["/A"]["/D"], 0)]
    return calls, notes


def test_page_labels_are_folios(pdf: bytes) -> None:
    reader = PdfReader(BytesIO(pdf))
    assert reader.page_labels == [str(n) for n in range(1, len(reader.pages) + 1)]


def test_the_volume_says_what_it_is(pdf: bytes) -> None:
    reader = PdfReader(BytesIO(pdf))
    assert reader.metadata
    assert "Republic of Mali" in str(reader.metadata.title)
    assert "demonstration" in str(reader.metadata.title)
    assert reader.metadata.author == "The mgi-report authors"
    assert "MiGOF" in str(reader.metadata.keywords)
    subject = "Demonstration from published facts; not a publication of IOM"
    assert reader.metadata.subject == subject
    assert str(reader.root_object["/Lang"]) == "en"
    assert reader.xmp_metadata
    assert reader.xmp_metadata.dc_language == ["en"]
    assert reader.xmp_metadata.dc_creator == ["The mgi-report authors"]
    assert reader.xmp_metadata.dc_description == {"x-default": subject, "en": subject}
    assert "© IOM 2021, CC BY-NC-ND 3.0 IGO; the words are not." in str(
        reader.xmp_metadata.dc_rights
    )


NOT_PRINTED = {
    "consultation.yml",
    "house-style.yml",
    "indicators.yml",
    "portal.yml",
    "portal-findings.yml",
    "questions.yml",
}


def test_all_texts_that_it_was_made_from_travel_inside(pdf: bytes) -> None:
    content = ROOT / "content"
    paths = [
        *(ROOT / MALI).glob("*"),
        *(ROOT / MALI / "en").rglob("*"),
        *(content / "shared/en").iterdir(),
        content / "shared/fr/language.yml",  # for what it quotes in French
    ]
    texts = {
        path.relative_to(content).as_posix().replace("/", "-"): path.read_text("utf-8")
        for path in paths
        if path.suffix in (".md", ".yml") and path.name not in NOT_PRINTED
    }
    attached = {
        name: content.decode() for name, [content] in PdfReader(BytesIO(pdf)).attachments.items()
    }
    assert attached.keys() == texts.keys()
    for name, text in texts.items():
        kept = attached[name]
        assert kept.count("\n") == text.count("\n")
        if name.endswith(".yml"):
            assert yaml.safe_load(kept) == yaml.safe_load(text)
            assert not [line for line in kept.splitlines() if line.startswith("#")]
        else:
            assert kept == re.sub("<!--.*?-->", "", text)


@pytest.mark.parametrize("standard", [Standard.UA1, Standard.A3A])
def test_it_keeps_the_standards_that_it_claims(pdf: bytes, standard: Standard) -> None:
    assert conformance.broken_rules(pdf, [standard]) == []


def test_the_other_pair_of_standards_is_kept_too() -> None:
    made = mali_made("ua2+4f")
    assert made.volume
    assert conformance.broken_rules(made.volume.pdf, [Standard.UA2, Standard.A4F]) == []


def test_same_content_same_bytes(tmp_path: Path) -> None:
    """Two folders of all that it is made from, two time zones, locales and hash seeds: one file."""
    digests = []
    for name, zone, locale, seed in [
        ("a", "UTC", "C", "0"),
        ("deep/in/café au lait", "Pacific/Kiritimati", "tr_TR.UTF-8", "4711"),
    ]:
        folder = tmp_path / name
        for each in ("content", "layouts", "assets"):
            shutil.copytree(ROOT / each, folder / each)
        done = subprocess.run(
            [sys.executable, "-m", "mgi_report", "build", MALI, "--format", "json"],
            cwd=folder,
            env=os.environ | {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr + done.stdout
        said = json.loads(done.stdout)
        digests.append((folder / said["outputs"][0]["path"]).read_bytes())
    assert digests[0] == digests[1]
