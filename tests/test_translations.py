"""A translation from its files to its pages; Mali's in French has all that the original has."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.projects import MALI, ROOT, mali, mali_made, text_of

from mgi_report.content.loading.load import load
from mgi_report.content.markdown.documents import parse_document
from mgi_report.content.model import Profile
from mgi_report.content.resolving.resolve import resolve
from mgi_report.content.translation.pairing import paired_stretches
from mgi_report.content.translation.passages import Passage, of_document
from mgi_report.content.walk import text_of as text_in
from mgi_report.diagnostics import Severity
from mgi_report.layout.model import Layout
from mgi_report.layout.reading import read_layout
from mgi_report.pages.binding.particulars import attachments_of, metadata_of
from mgi_report.pages.composing.compose import Composer
from mgi_report.project import Project
from mgi_report.steps import make
from mgi_report.workshop import Made

MONTHS = range(1, 13)
LABELS = "content/shared/fr/labels.yml"


def resolved(project: Project, lang: str) -> tuple[Profile, Layout]:
    layout = read_layout(project, "mgi").value
    assert layout
    profile = load(project, MALI, layout, lang).value
    assert profile
    return resolve(profile, layout).value, layout


def composed(project: Project, lang: str, section: str) -> str:
    """Give the HTML of a section."""
    composer = Composer(*resolved(project, lang), project)
    spec = next(each for each in composer.specs if each.id == section)
    made = composer.compose(spec).value
    assert made
    return made.html


def test_the_metadata_of_mali_in_french_are_french() -> None:
    told = metadata_of(resolved(mali(), "fr")[0], mali())
    assert told.authors == ("Les auteurs de mgi-report",)
    assert "n’est pas une publication de l’OIM" in told.subject
    assert "'" not in f"{told.title}{told.subject}{told.rights}"


# --- What is lent ------------------------------------------------------------------------------


def test_a_chapter_that_is_not_translated_says_its_language() -> None:
    html = composed(mali({f"{MALI}/fr/1-migrants-rights.md": None}), "fr", "migrants-rights")
    assert '<html lang="fr" dir="ltr">' in html
    assert '<p lang="en" dir="ltr" data-block=' in html
    assert re.search(r'<span lang="en" dir="ltr">Examples of well-\u2060?developed areas', html)
    assert re.search(r'role="doc-footnote" id="note-\w+" lang="en" dir="ltr"', html)
    assert "<title>Adhésion aux normes internationales" in html  # there are words for it
    assert re.search(r'aria-label="Note \d+"', html)


def test_a_label_that_is_not_translated_says_its_language() -> None:
    labels = re.sub(r"(?m)^(sources|available-at):.*\n", "", text_of(LABELS))
    project = mali({LABELS: labels})
    html = composed(project, "fr", "sources")
    assert re.search(r'<h1 [^>]*><span lang="en" dir="ltr">Key\W+sources</span></h1>', html)
    assert "<title>Key sources</title>" in html
    assert '<span lang="en" dir="ltr">Available at</span> <a ' in html
    assert "\ufdd0" not in html
    contents = composed(project, "fr", "contents")
    assert 'aria-label="Key sources, page 0"' in contents


def test_a_source_that_is_not_translated_says_its_language() -> None:
    html = composed(mali({f"{MALI}/fr/sources.yml": "references: []\n"}), "fr", "sources")
    assert re.search(r'<h2 [^>]*>.*?<span lang="en" dir="ltr">Government of\W+Mali</span>', html)
    assert '<span lang="en">Ordinance No.' in html


def test_a_chapter_that_is_not_translated_cites_in_its_language() -> None:
    chapter = f"{MALI}/en/1-migrants-rights.md"
    text = text_of(chapter).replace("{#well-developed}\n", "{#well-developed}\n\nSee [@{key}].\n")
    files: dict[str, str | bytes | None] = {
        chapter: text.replace("{key}", "world-bank-databank"),
        f"{MALI}/fr/1-migrants-rights.md": None,
    }
    assert re.search(r'lang="fr" href="[^"]*">Banque mondiale, s.d.<', chapter_of(files))
    files[f"{MALI}/fr/sources.yml"] = "references: []\n"
    assert re.search(r'<a class="source-link" href="[^"]*">World Bank, n.d.<', chapter_of(files))


def chapter_of(files: dict[str, str | bytes | None]) -> str:
    return composed(mali(files), "fr", "migrants-rights")


def test_a_translation_with_gaps_is_made_with_warnings() -> None:
    project = mali({f"{MALI}/fr/3-partnerships.md": None})
    made = make(project, MALI, "fr")
    assert made.volume
    assert made.profile
    assert {each.severity for each in made.diagnostics} == {Severity.WARNING}
    layout = read_layout(project, "mgi").value
    assert layout
    names = {each.name for each in attachments_of(made.profile, project, layout)}
    assert {"mali-2021-en-3-partnerships.md", "mali-2021-fr-4-well-being.md"} <= names
    assert "mali-2021-en-4-well-being.md" not in names
    assert not [name for name in names if "portal" in name]


def test_shared_texts_are_held_against_what_they_were_translated_from() -> None:
    facts = text_of(f"{MALI}/profile.yml").replace("languages: [en, fr]", "languages: [fr, es]")
    project = mali({f"{MALI}/profile.yml": facts})
    layout = read_layout(project, "mgi").value
    assert layout
    found = load(project, MALI, layout, "es").diagnostics  # the shared texts' original is English
    assert [str(each) for each in found if each.span and "shared/es" in each.span.file] == []


def test_the_running_head_tells_a_name_apart_that_is_not_translated() -> None:
    facts = text_of(f"{MALI}/profile.yml").replace(", fr: République du Mali}", "}")
    project = mali({f"{MALI}/profile.yml": facts})
    composer = Composer(*resolved(project, "fr"), project)
    furniture = composer.furniture(["head"]).value
    assert furniture
    assert '<span class="territory"><span lang="en"' in furniture.html


# --- Mali in French -----------------------------------------------------------------------------


@cache
def french() -> Made:
    return make(mali(), MALI, "fr")


@cache
def profiles() -> tuple[Profile, Profile]:
    project = mali()
    return resolved(project, "en")[0], resolved(project, "fr")[0]


def test_mali_in_french_has_the_pages_of_the_original() -> None:
    original, translation = mali_made().volume, french().volume
    assert original
    assert translation
    assert translation.pages == original.pages
    assert [(each.id, each.folio) for each in translation.sections] == [
        (each.id, each.folio) for each in original.sections
    ]


def test_the_rail_says_what_runs_on_without_the_space_before_a_colon() -> None:
    volume = french().volume
    assert volume
    page = PdfReader(BytesIO(volume.pdf)).pages[28].extract_text()
    assert "MiGOF, suite" in " ".join(page.split())


def test_mali_in_french_has_the_notes_and_sources_of_the_original() -> None:
    original, translation = profiles()
    assert translation.lent == frozenset()
    assert len(translation.sources) == len(original.sources) == 26
    for name, document in original.documents.items():
        mine = translation.documents[name]
        assert len(mine.notes) == len(document.notes), name
        assert [note.number for note in mine.notes.values()] == [
            note.number for note in document.notes.values()
        ], name


IN_FRENCH = {
    "AF": "financement additionnel",
    "ECOWAS": "CEDEAO",
    "EU": "UE",
    "ILO": "OIT",
    "IOM": "OIM",
    "MALI": "Mali",
    "MGI": "IGM",
    "UNHCR": "HCR",
    "USD": "dollars des États-Unis",
    "1": "un million",
}
"""What is said otherwise; all other acronyms and figures are the same."""


def stretches(name: str) -> Iterator[tuple[str, str]]:
    """Give what stands under each heading of a file, and among its notes, in both languages."""
    english, french = (
        of_document(parse_document(text_of(f"{MALI}/{lang}/{name}"), name).value)
        for lang in ("en", "fr")
    )
    for one, other in paired_stretches(english, french):
        assert other is not None
        yield (
            in_one_form(english[each] for each in one),
            in_one_form(french[each] for each in other),
        )


def in_one_form(passages: Iterable[Passage]) -> str:
    """Write 6,000 and 6 000 as 6000, and 10,7 as 10.7."""
    text = " ".join(passage.words for passage in passages)
    text = re.sub(r"\[[^\]\s]*/[^\]\s]*\]\([^)]*\)|\]\([^)]*\)", "]", text)  # addresses
    text = re.sub(r"(?<=\d)(?<!\b0)[ ,](?=\d{3}\b)", "", text)
    return re.sub(r"(?<=\d),(?=\d)", ".", text)


@pytest.mark.parametrize(
    "name", sorted(path.name for path in (ROOT / MALI / "en").iterdir() if path.suffix == ".md")
)
def test_mali_in_french_has_each_date_figure_and_acronym_of_the_original(name: str) -> None:
    original, translation = profiles()
    months = {original.labels[f"months.{n}"]: translation.labels[f"months.{n}"] for n in MONTHS}
    missing = []
    for english, french in stretches(name):
        dates = rf"(?:(\d+) )?\b({'|'.join(months)})\b(?: (\d{{4}}))?"
        facts = [
            " ".join(filter(None, ("1er" if date[1] == "1" else date[1], months[date[2]], date[3])))
            for date in re.finditer(dates, english)
        ]
        others = re.sub(dates, " ", english)
        names = re.findall(r"\b[A-Z][A-Z\d]*[A-Z]\b|\d+(?:\.\d+)?", others)
        facts += [IN_FRENCH.get(each, each) for each in names if not is_there(each, french)]
        missing += [fact for fact in facts if not is_there(fact, french)]
    assert missing == []


def is_there(fact: str, text: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(fact)}(?!\w)", text) is not None


def test_mali_in_french_has_the_numbers_of_all_laws() -> None:
    original, translation = profiles()
    titles = {source.key: text_in(source.title) for source in translation.sources}
    for source in original.sources:
        for number in re.findall(r"\d+", text_in(source.title)):
            assert number in titles[source.key], source.key
