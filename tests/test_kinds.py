"""Each level, edition and language: the sections it has, their order, their titles and words."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from tests.conftest import Case
from tests.kinds import EDITIONS, FOLDER, LANGUAGES, LEVELS, profile_of

from mgi_report.checks import conformance
from mgi_report.checks.conformance import Standard
from mgi_report.content.loading.load import load
from mgi_report.content.model import Paragraph, Profile
from mgi_report.content.resolving.resolve import resolve
from mgi_report.content.walk import text_of
from mgi_report.layout.reading import read_layout
from mgi_report.pages.binding.particulars import metadata_of
from mgi_report.pages.composing.compose import Composer
from mgi_report.pages.store import Store
from mgi_report.pages.typesetting.typeset import typeset
from mgi_report.workshop import Workshop

CASES = "kinds.txt"
SHOWN = 80
"""How many characters of a text are shown."""


def test_what_a_profile_has(case: Case, golden: Callable[[str], None]) -> None:
    level, edition, lang = case.input.split()
    project = profile_of(level, edition, lang)
    layout = read_layout(project, "mgi").value
    assert layout
    loaded = load(project, FOLDER, layout, lang)
    assert loaded.value
    resolved = resolve(loaded.value, layout)
    assert [str(each) for each in (*loaded.diagnostics, *resolved.diagnostics)] == []
    composer = Composer(resolved.value, layout, project)
    title = metadata_of(resolved.value, project).title
    golden("\n".join([title, *_said(resolved.value), *_sections(composer)]))


def _said(profile: Profile) -> Iterator[str]:
    """Give the words that differ by level, edition and language."""
    for label in ("series-on-cover", "title", "month-and-year"):
        yield f"{label}: {profile.labels[label]}".replace("\n", " / ")
    for section in ("objective", "introduction"):
        for block in profile.documents[section].blocks:
            if isinstance(block, Paragraph) and "when" in block.attributes:
                yield f"{section}: {text_of(block.kids)[:SHOWN]}"
    for domain in profile.domains:
        yield f"{domain.number} {domain.name}: {domain.looks_at[:SHOWN]}"


def _sections(composer: Composer) -> Iterator[str]:
    """Give the sections in order, with the titles of those that are in the contents."""
    for spec in composer.specs:
        is_listed = spec.contents != "none"
        yield f"- {spec.id}" + (f": {composer.title(spec)}" if is_listed else "")


def composer_of(level: str, edition: str, lang: str) -> Composer:
    project = profile_of(level, edition, lang)
    layout = read_layout(project, "mgi").value
    assert layout
    loaded = load(project, FOLDER, layout, lang).value
    assert loaded
    return Composer(resolve(loaded, layout).value, layout, project)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "[City of Alberín] | Profile 2024"),
        ("es", "Perfil 2024 | [Municipio de Alberín]"),
        ("ar", "[بلدية ألبيرين] | موجز عام 2024"),
    ],
)
def test_running_heads_have_the_order_of_the_language(lang: str, expected: str) -> None:
    composed = composer_of("local", "first", lang).furniture(["head"]).value
    assert composed
    (head,) = re.findall(r'<p class="left">(.*?)</p>', composed.html)
    place = re.sub(r'<span class="territory">(.*?)</span>', r"[\1]", head)
    assert re.sub(r"<[^>]*>", "", place) == expected


def test_labels_beside_short_texts_stand_apart() -> None:
    composer = composer_of("local", "follow-up", "fr")
    (spec,) = (each for each in composer.specs if each.id == "updates")
    composed = composer.compose(spec).value
    assert composed
    _, *names = typeset(composed).value.headings
    apart = {one.text: one.y - other.y for one, other in pairwise(names)}
    assert apart["Approche associant tout le gouvernement"] == pytest.approx(3 * 14 + 14, abs=1)
    assert apart["Partenariats"] == pytest.approx(14 + 14, abs=1)


@pytest.mark.parametrize(
    "lang",
    [pytest.param(lang, marks=pytest.mark.xdist_group(f"kinds-{lang}")) for lang in LANGUAGES],
)
def test_each_kind_keeps_the_standards(lang: str, tmp_path: Path) -> None:
    """Sections that are alike in several profiles are typeset once."""
    store = Store(tmp_path)
    for level in LEVELS:
        for edition in EDITIONS:
            project = profile_of(level, edition, lang)
            for standard, rules in (
                ("ua1+3a", (Standard.UA1, Standard.A3A)),
                ("ua2+4f", (Standard.UA2, Standard.A4F)),
            ):
                made = Workshop.of(
                    project, FOLDER, lang, standard=standard, store=store, jobs=1
                ).make()
                said = f"{level} {edition} {lang} {standard}"
                assert [str(each) for each in made.diagnostics] == [], said
                assert made.volume
                assert conformance.broken_rules(made.volume.pdf, list(rules)) == [], said
