"""What profile.yml says for catalogues: numbers, address, ReliefWeb."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.projects import MALI, mali, text_of

from mgi_report.content.facts import Facts, ReliefWeb
from mgi_report.content.loading.load import load, read_facts
from mgi_report.content.translation.passages import of_facts
from mgi_report.content.yaml import parse_yaml
from mgi_report.layout.reading import read_layout
from mgi_report.namesakes import check_numbers
from mgi_report.project import DiskProject, MemoryProject

OTHER = "content/other/profile.yml"
RELIEFWEB = """
publication:
  date: 2021-11-30
  address: {en: https://example.org/en, fr: https://example.org/fr}
  files: https://example.org/files/
  reliefweb: {source: [11], country: [22], format: 4, language: {en: 5, fr: 6}}
"""


def project(text: str) -> MemoryProject:
    return mali({f"{MALI}/profile.yml": f"{text_of(f'{MALI}/profile.yml')}\n{text}"})


def facts(text: str, lang: str = "en") -> Facts:
    made = project(text)
    layout = read_layout(made, "mgi").value
    assert layout
    loaded = load(made, MALI, layout, lang).value
    assert loaded
    return loaded.facts


def said(text: str) -> list[str]:
    return [str(each).partition(": ")[2] for each in read_facts(project(text), MALI).diagnostics]


@pytest.mark.parametrize(
    ("written", "lang", "read"),
    [
        ("{en: 978-92-9268-001-5}", "en", "978-92-9268-001-5"),
        ("{en: 9789292680015}", "en", "978-92-9268-001-5"),
        ("{fr: 97892 92680015}", "fr", "978-92-9268-001-5"),
        ("{en: 9789292680015, fr: 9789292680022}", "fr", "978-92-9268-002-2"),
        ("{en: 9789292680015}", "fr", None),
    ],
)
def test_an_isbn_has_its_hyphens_and_may_differ_by_language(
    written: str, lang: str, read: str | None
) -> None:
    made = facts(f"identifiers:\n  isbn-pdf: {written}", lang)
    assert made.identifiers.get("isbn-pdf") == read


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ("isbn-pdf: {en: 978-92-9268-001-5, fr: 978-92-9268-002-2}", None),
        ("reference: PUB2021/123/L", None),
        (
            "isbn-pdf: 978-92-9268-001-5",
            "One ISBN stands for all languages (en, fr); each edition has its own.",
        ),
        (
            "doi: 10.1000/182",
            "One DOI stands for all languages (en, fr); each edition has its own.",
        ),
        (
            "isbn-pdf: {en: 978-92-9268-001-5}\n  isbn-print: {fr: 9789292680015}",
            'The ISBN "978-92-9268-001-5" stands here and at content/mali-2021/profile.yml:49:18.',
        ),
        (
            "doi: {en: 10.1000/Abc, fr: 10.1000/aBC}",
            'The DOI "10.1000/aBC" stands here and at content/mali-2021/profile.yml:49:13.',
        ),
        ("reference: {en: PUB2021/123/L, fr: PUB2021/124/L}", None),
        (
            "reference: {en: PUB2021/123/L, fr: PUB2021/123/L}",
            'The reference number "PUB2021/123/L" stands here and at',
        ),
    ],
)
def test_each_edition_has_numbers_of_its_own(numbers: str, told: str | None) -> None:
    found = said(f"identifiers:\n  {numbers}")
    assert len(found) == (told is not None)
    assert all(each.startswith(f"error: {told}") for each in found)


def test_a_number_of_another_profile_is_told_with_both_places(tmp_path: Path) -> None:
    texts = {
        f"{MALI}/profile.yml": "id: mali-2021\nidentifiers:\n  isbn-pdf: 978-92-9268-001-5  # not "
        "978-92-9268-002-2\n  isbn-print: 979-10-90636-07-1\n",
        OTHER: "id: other\nidentifiers: {isbn-pdf: 9789292680015}\n# 9789292680022\n",
    }
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text, "utf-8")
    (told,) = check_numbers(DiskProject(tmp_path), MALI)
    assert str(told.span) == f"{MALI}/profile.yml:3:13"
    assert told.message == f"This number is that of another profile, too: {OTHER}:2:25."


def test_numbers_are_no_translations() -> None:
    text = text_of(f"{MALI}/profile.yml") + "\nidentifiers: {reference: {en: PUB1, fr: PUB2}}\n"
    root = parse_yaml(text, "profile.yml").value
    assert root
    assert not any("PUB" in each.words for each in of_facts(root, "fr"))


@pytest.mark.parametrize("written", ["{fr: 978-92-9268-001-6}"])
def test_a_wrong_check_digit_is_told_at_its_place(written: str) -> None:
    (told,) = said(f"identifiers:\n  isbn-pdf: {written}")
    assert told.startswith('error: The check digit of the ISBN "978-92-9268-001-6" is wrong.')


def test_an_article_number_of_a_shop_is_no_isbn() -> None:
    (told,) = said("identifiers:\n  isbn-pdf: 4006381333931")
    assert told.startswith('error: "4006381333931" is not an ISBN.')


def test_reliefweb_is_read() -> None:
    release = facts(RELIEFWEB, "fr").release
    assert release.address == "https://example.org/fr"
    assert release.reliefweb == ReliefWeb((11,), (22,), 4, {"en": 5, "fr": 6})
    assert said(RELIEFWEB) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  date: 2021-11-30\n", "", "The day of the publication is not there."),
        ("2021-11-30", "2021-11", "The day of the publication is not there."),
        ("  files: https://example.org/files/\n", "", "It is not said where the files will be."),
        (", fr: 6", "", 'ReliefWeb\'s number of the language "fr" is not there.'),
        ("source: [11], ", "", 'There is no "source" in "reliefweb".'),
    ],
)
def test_what_reliefweb_asks_for_is_asked_for(old: str, new: str, message: str) -> None:
    assert old in RELIEFWEB
    (told,) = said(RELIEFWEB.replace(old, new))
    assert told.startswith(f"error: {message}")


def test_a_section_that_is_no_abstract_is_told() -> None:
    path = "layouts/mgi/layout.yml"
    text = text_of(path).replace("abstract: objective", "abstract: objectiv")
    (told,) = read_layout(mali({path: text}), "mgi").diagnostics
    assert told.message == 'The layout has no section "objectiv" to be the abstract.'
    assert told.hint == 'Did you mean "objective"?'
