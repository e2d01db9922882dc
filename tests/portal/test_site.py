"""What the portal's pages say, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from html import unescape

import pytest
from tests.portal.sites import MALI, PDF, entry, files, made, text
from tests.projects import ROOT

from mgi_report.diagnostics import Rule, Severity
from mgi_report.pages.composing.drawing import Circle, Gaps, wheel
from mgi_report.portal.model import Entry, is_of_same_territory
from mgi_report.project import MemoryProject

FINDINGS = "content/mali-2021/en/portal-findings.yml"
FACTS = "content/mali-2021/profile.yml"
ONE = {"mali-2021": ("en",)}


@cache
def whole() -> Mapping[str, bytes]:
    """Make the site of all profiles."""
    site = made()
    assert not site.diagnostics
    return site.value


_TIES = {0xA0: " ", 0x202F: " ", 0x2060: None}
"""What keeps words on one line."""


def page(name: str, site: Mapping[str, bytes] | None = None) -> str:
    return (site or whole())[name].decode()


def words(html: str) -> str:
    """Give what a page says."""
    html = re.sub(r"<style>.*?</style>|<script.*?</script>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).translate(_TIES).split())


def part(html: str, name: str) -> str:
    """Give what the panel of a domain says."""
    return words(html.split(f'<h3 id="{name}-name">')[1].split('<p class="back"', maxsplit=1)[0])


def test_a_site_has_a_page_for_each_profile_and_language_and_a_list_in_each_language() -> None:
    assert sorted(name for name in whole() if not name.startswith("assets/")) == [
        "ar/index.html",
        "ar/sample-country-2024/index.html",
        "ar/sample-country-2024/sample-country-2024-ar.pdf",
        "en/mali-2021/index.html",
        "en/mali-2021/mali-2021-en.pdf",
        "en/sample-city-2024/index.html",
        "en/sample-city-2024/sample-city-2024-en.pdf",
        "en/sample-country-2024/index.html",
        "en/sample-country-2024/sample-country-2024-en.pdf",
        "en/sample-country-2026/index.html",
        "en/sample-country-2026/sample-country-2026-en.pdf",
        "es/index.html",
        "es/sample-city-2024/index.html",
        "es/sample-city-2024/sample-city-2024-es.pdf",
        "fr/index.html",
        "fr/mali-2021/index.html",
        "fr/mali-2021/mali-2021-fr.pdf",
        "index.html",
    ]
    assert whole()["en/mali-2021/mali-2021-en.pdf"] == PDF


# Of the page of 2021, each fact in a word or two: key findings by domain, in both languages.
FACTS_OF_MALI = {
    "migrants-rights": (
        ("compulsory health insurance", "families", "impunity", "xenophobia", "(2019–2023)"),
        ("No. 97", "No. 143", "September 2021", "presidential elections and referendums"),
        ("assurance maladie obligatoire", "famille", "impunité", "xénophobie", "(2019–2023)"),
        ("n° 97", "n° 143", "septembre 2021", "élection présidentielle et aux référendums"),
    ),
    "whole-of-government": (
        ("Action Plan", "(2020–2024)", "Directorate of Social Development", "Tracking Matrix"),
        ("regular intervals", "empowerment of women"),
        ("Plan d’action", "(2020–2024)", "développement social", "Matrice de suivi"),
        ("régularité", "autonomisation des femmes"),
    ),
    "partnerships": (
        ("2019", "two years", "Specialised Technical Committee", "High Council of Malians Abroad"),
        ("readmission",),
        ("2019", "deux ans", "Comité technique spécialisé", "Haut Conseil des Maliens"),
        ("réadmission",),
    ),
    "well-being": (
        ("handbook", "placement", "National Employment and Training Observatory", "2021"),
        ("Action Plan", "(2020–2024)", "migratory status"),
        ("manuel", "placement", "Observatoire national", "2021"),
        ("Plan d’action", "(2020–2024)", "statut migratoire"),
    ),
    "mobility-crises": (
        ("assistance fund", "African Integration", "internally displaced persons, returnees"),
        ("crisis", "climate change"),
        ("fonds d’assistance", "intégration africaine", "déplacées, aux rapatriés"),
        ("crise", "climatique"),
    ),
    "safe-migration": (
        ("National Migration Policy", "(2020–2024)", "Trafficking in Persons", "coordination"),
        ("border agents and staff", "go missing", "identify"),
        ("Politique nationale de migration", "(2020–2024)", "traite des personnes", "coordonner"),
        ("agents et le personnel", "disparus", "identifier"),
    ),
}


@pytest.mark.parametrize("domain", FACTS_OF_MALI)
def test_malis_page_has_what_the_page_of_2021_has(domain: str) -> None:
    english, french = (page(f"{lang}/mali-2021/index.html") for lang in ("en", "fr"))
    developed, potential, developpe, potentiel = FACTS_OF_MALI[domain]
    for html, sought in ((english, developed + potential), (french, developpe + potentiel)):
        said = part(html, domain)
        assert [each for each in sought if each not in said] == []


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["September 2021", "Second Profile 2021", "Economist Impact", "IOM Member States"]),
        ("fr", ["Septembre 2021", "Economist Impact", "États Membres de l’OIM"]),
    ],
)
def test_malis_page_says_when_and_by_whom(lang: str, said: list[str]) -> None:
    shown = words(page(f"{lang}/mali-2021/index.html")).casefold()
    assert [each for each in said if each.casefold() not in shown] == []


def test_about_speaks_of_countries_on_a_countrys_page_and_of_cities_on_a_citys() -> None:
    def first(html: str) -> str:
        return words(html.split('<div class="cards">')[1].split("<details>", maxsplit=1)[0])

    assert "For countries Do migrants stand where citizens do" in first(page(MALI))
    city = page("en/sample-city-2024/index.html")
    assert "For cities Can migrants use certain social services of the city" in first(city)
    # The other wording is there to be opened.
    summaries = [re.findall(r"<summary>(.*?)</summary>", html)[0] for html in (page(MALI), city)]
    assert list(map(words, summaries)) == ["For cities", "For countries"]


def test_the_earlier_profile_stands_beside_the_later() -> None:
    later = page("en/sample-country-2026/index.html")
    said = part(later, "migrants-rights")
    assert "insured from their first day" in said
    assert "Profile 2024" in said
    assert "No. 97 and No. 143" in said
    assert 'href="../sample-country-2024/index.html"' in later
    earlier = page("en/sample-country-2024/index.html")
    link = '<a href="../sample-country-2026/index.html" hreflang="en">Second Profile 2026</a>'
    assert link in earlier
    assert "insured from their first day" not in earlier
    # Where it is no profile of this site, it is where profile.yml says.
    assert 'href="https://www.migrationdataportal.org/overviews/mgi/mali#0">2018</a>' in page(MALI)


COUNTRY = "content/sample-country-2024/profile.yml"
LATER = "content/sample-country-2026/profile.yml"


def test_editions_are_paired_across_languages_and_spellings_by_the_year_before() -> None:
    later = text(LATER).replace("Republic of Zarinia", "Kingdom of Zarinîa")
    site = made({LATER: later}, {"sample-country-2024": ("ar",), "sample-country-2026": ("en",)})
    html = page("en/sample-country-2026/index.html", site.value)
    link = '<a href="../../ar/sample-country-2024/index.html#partnerships" hreflang="ar">'
    assert f'<p class="when">{link}Profile 2024</a>' in html
    assert '<ul class="well" lang="ar" dir="rtl">' in html
    earlier = page("ar/sample-country-2024/index.html", site.value)
    assert '<a href="../../en/sample-country-2026/index.html" hreflang="en">' in earlier
    # Another year, and there is no such profile here.
    apart = made(
        {LATER: text(LATER).replace("  year: 2024", "  year: 2023")},
        {"sample-country-2024": ("en",), "sample-country-2026": ("en",)},
    )
    assert 'class="then"' not in page("en/sample-country-2026/index.html", apart.value)


def test_places_of_one_country_are_told_apart_by_their_names() -> None:
    project = MemoryProject(files())
    city, _, _ = entry(project, "content/sample-city-2024", "en")
    assert city

    def named(*names: str) -> Entry:
        facts = replace(city.facts, names=names)
        return replace(city, profile=replace(city.profile, facts=facts))

    assert is_of_same_territory(city, named("PUERTO ALBERIN", "بويرتو"))
    assert not is_of_same_territory(city, named("Puerto Claro"))


def test_a_region_is_one_whatever_its_name_in_a_language() -> None:
    later = text(LATER).replace("languages: [en]", "languages: [en]  # and one day Arabic")
    later = later.replace("{en: Invented region}", "{en: INVENTED region, ar: مكان آخر}")
    site = made({LATER: later})
    keys = [
        re.findall(r'data-region="([^"]*)" data-region-name="([^"]*)"', page(name, site.value))
        for name in ("index.html", "ar/index.html")
    ]
    assert sorted(set(keys[0])) == [
        ("invented region", "Invented region"),
        ("western africa", "Western Africa"),
    ]
    assert {key for key, _ in keys[1]} == {key for key, _ in keys[0]}
    assert ("invented region", "منطقة متخيَّلة") in keys[1]


def test_a_profile_is_found_by_all_its_names_its_region_and_its_code() -> None:
    found_by = re.findall(r'data-found-by="([^"]*)"', page("index.html"))
    (country,) = [each for each in found_by if "Zarinia" in each and "2024" in each]
    sought = "Republic of Zarinia", "زارينيا", "Invented region", "منطقة متخيَّلة", "ZZA", "2024"
    assert [each for each in sought if each not in country] == []


def test_demonstrations_are_marked_on_the_page_and_in_the_list() -> None:
    said = "Sample: an invented country. Not a publication of IOM"
    assert said in words(page("en/sample-country-2026/index.html"))
    assert words(page("index.html")).count(said) == 2
    assert '<p class="notice"><span lang="en" dir="ltr">' in page("ar/index.html")


def test_the_size_of_the_pdf_is_told() -> None:
    assert "PDF · 31 pages · 1 kB" in words(page(MALI))
    assert "PDF · 31 pages · 1 ko" in words(page("fr/mali-2021/index.html"))


def test_the_wheel_is_that_of_the_pdf() -> None:
    drawn = wheel(Circle(232.6, 232.6, 232.6, 84), ["x"] * 6, Gaps(5.25, 4.2))
    of_pdf = re.findall(r' d="([^"]+)"', drawn)
    of_page = re.findall(r'<svg class="segment".*?<path d="([^"]+)"', page(MALI))
    assert of_page == of_pdf


def test_a_profile_without_key_findings_says_so() -> None:
    html = page(MALI, made({FINDINGS: None}, ONE).value)
    assert "have not been written for this page yet" in words(html)
    assert '<nav class="wheel"' not in html
    assert "names examples" not in words(html)


def test_without_key_findings_those_of_the_earlier_profile_are_shown() -> None:
    profiles = {"sample-country-2024": ("en",), "sample-country-2026": ("en",)}
    findings = "content/sample-country-2026/en/portal-findings.yml"
    html = page("en/sample-country-2026/index.html", made({findings: None}, profiles).value)
    assert words(html).count("have not been written for this page yet") == 1
    assert "names examples" not in words(html)
    assert html.count('<div class="then">') == 6
    assert '<div class="now">' not in html
    assert "No. 97 and No. 143" in part(html, "migrants-rights")


def test_names_and_findings_are_text_and_a_slug_says_where_the_page_lies() -> None:
    facts = text(FACTS).replace("layout: mgi", "layout: mgi\nslug: mali")
    facts = facts.replace("{en: Republic of Mali,", "{en: 'D’Or “A” & Co (2 > 1)',")
    braces = "\\{\\{ 7 x 7 \\}\\} is no readmission"
    finding = text(FINDINGS).replace("There is no readmission", braces)
    site = made({FACTS: facts, FINDINGS: finding}, ONE)
    html = page("en/mali/index.html", site.value)
    assert "<h1>D’Or “A” &amp; Co (2 &gt; 1)</h1>" in html
    assert "{{ 7 x 7 }} is no readmission" in words(html)


def test_markup_in_a_name_or_a_finding_is_refused() -> None:
    facts = text(FACTS).replace("{en: Republic of Mali,", "{en: <script>alert(1)</script>,")
    finding = text(FINDINGS).replace("There is no readmission", "<b>There</b> is no readmission")
    site = made({FACTS: facts, FINDINGS: finding}, ONE)
    told = [each.span for each in site.diagnostics if each.rule is Rule.NO_RAW_HTML]
    assert not site.value
    assert [(span.file, span.line) for span in told if span] == [(FACTS, 9), (FINDINGS, 30)]


def test_key_findings_that_are_not_whole_are_told_with_their_place() -> None:
    finding = text(FINDINGS)
    for old, new in (
        ("partnerships:\n", "partners:\n"),
        ("migrants-rights:\n  well", "migrants-rights:\n  will"),
        ("  potential:\n    - Data on", "  extra:\n    - Data on"),
        ("  potential:\n    - Training", "  potential: []\n  well:\n    - Training"),
    ):
        assert old in finding
        finding = finding.replace(old, new)
    site = made({FINDINGS: finding}, ONE)
    told = [(each.message, each.span and each.span.line) for each in site.diagnostics]
    assert not site.value
    assert [each for each in WRONG if each not in told] == []


WRONG = [
    ('There is no key "partners" in the file.', 22),
    ('There is no "partnerships" in the file.', 2),
    ('There is no key "will-developed" in "migrants-rights".', 3),
    ('There is no "well-developed" in "migrants-rights".', 3),
    ('There is no "potential" in "whole-of-government".', 14),
    ('There is nothing in "potential".', 53),
]


def test_a_citation_in_a_key_finding_is_refused() -> None:
    finding = text(FINDINGS).replace("There is no readmission", "See [@action-plan-2020]; no")
    (told,) = made({FINDINGS: finding}, ONE).diagnostics
    assert told.rule is Rule.LINK_LEADS_SOMEWHERE
    assert str(told.span) == f"{FINDINGS}:30:12"


def test_two_profiles_in_one_place_are_told_once_with_both_places() -> None:
    path = "content/sample-country-2026/profile.yml"
    facts = text(path).replace("layout: mgi", "layout: mgi\nslug: mali-2021")
    site = made({path: facts}, ONE | {"sample-country-2026": ("en",)})
    (told,) = site.diagnostics
    assert not site.value
    assert told.message == (
        'Two profiles have the slug "mali-2021", their place in the portal: '
        "this one and content/mali-2021/profile.yml:2:5."
    )
    assert str(told.span) == f"{path}:4:7"


def test_a_language_without_texts_is_told() -> None:
    facts = text(LATER).replace("languages: [en]", "languages: [en, de]")
    own = "name: mine\nextends: mgi\nlanguages: [de]\n"
    edits = {LATER: facts.replace("mgi", "mine", 1), "layouts/mine/layout.yml": own}
    site = made(edits, {"sample-country-2026": ("en", "de")})
    assert not site.value
    (told,) = [each for each in site.diagnostics if each.severity is Severity.ERROR]
    assert told.message == 'The portal has no words in the language "de".'
    assert str(told.span) == "content/shared/de/portal.yml:1:1"


SHARED = "content/shared/en/portal.yml"


def test_what_is_a_profiles_own_is_on_its_own_pages_alone() -> None:
    words_of_own = text_of_shared().replace("Find a profile", "Seek").replace("The six", "Our six")
    own = {
        "en/portal.yml": words_of_own.replace("title: Profiles", "title: Mine"),
        "en/labels.yml": 'series: "Our own series"\n',
        "layouts/mgi/portal/portal.css": ":root{--mine:1}",
        "layouts/mgi/portal/portal.js": "mine",
        "layouts/mgi/portal/index.html.j2": "<p>mine</p>",
    }
    edits = {f"content/mali-2021/{name}": content for name, content in own.items()}
    profiles = {**ONE, "sample-country-2026": ("en",)}
    site, plain = (made(each, profiles).value for each in (edits, {}))
    changed = {name for name in {*site, *plain} if site.get(name) != plain.get(name)}
    assert changed == {MALI, "en/mali-2021/portal.css"}
    html, sheet = page(MALI, site), page("en/mali-2021/portal.css", site)
    assert 'aria-label="Our six domains"' in html.replace("\xa0", " ")
    assert "Our own series" in html
    assert '<link rel="stylesheet" href="portal.css">' in html
    assert sheet.endswith(":root{--mine:1}")
    assert 'url("../../assets/mgi-en-house-400.woff2")' in sheet
    assert 'url("../../assets/mgi-cover.svg")' in sheet


def text_of_shared() -> str:
    return (ROOT / SHARED).read_text("utf-8")


def test_words_of_a_profiles_own_are_asked_for_in_each_of_its_languages() -> None:
    own = "content/sample-country-2024/en/portal.yml"
    site = made({own: text_of_shared()}, {"sample-country-2024": ("en", "ar")})
    (told,) = site.diagnostics
    assert str(told.span) == "content/sample-country-2024/ar/portal.yml:1:1"
    assert told.message == 'The profile has words of its own for its page, but none in "ar".'
    assert told.hint == f"Translate {own} into this file, or take that one away."


def test_a_page_asks_for_nothing_elsewhere_and_runs_nothing() -> None:
    for name, content in whole().items():
        if name.endswith(".html"):
            html = content.decode()
            loaded = re.findall(r'<(?:link|script|img|source)[^>]*(?:href|src)="([^"]*)"', html)
            assert [each for each in loaded if "//" in each] == []
            assert ("<script" in html) == (name.count("/") < 2)
        elif name.endswith(".css"):
            assert "//" not in content.decode().replace("/*", "")


def test_a_page_with_all_that_it_loads_is_small() -> None:
    for name in (each for each in whole() if each.endswith("/index.html") or each == "index.html"):
        lang = re.findall(r'<html lang="(\w+)"', page(name))[0]
        loaded = [each for each in whole() if each.startswith(f"assets/mgi-{lang}")]
        size = sum(
            len(whole()[each]) for each in (name, *loaded, "assets/mgi.svg", "assets/mgi-cover.svg")
        )
        assert size < 100_000, name


def test_a_page_that_is_large_is_told_with_what_it_is_made_of() -> None:
    long = text(FINDINGS).replace(
        "There is no readmission", "Much is said. " * 5000 + "There is no"
    )
    (told,) = [each for each in made({FINDINGS: long}, ONE).diagnostics if "kB" in each.message]
    assert (told.rule, told.severity) == (Rule.PAGE_IS_SMALL, Severity.WARNING)
    assert str(told.span) == "content/mali-2021/profile.yml:1:1"
    made_of = r"the page (\d+) kB, its style sheet (\d+) kB, fonts (\d+) kB, drawings (\d+) kB\.$"
    sizes = re.search(made_of, told.message)
    assert sizes
    assert int(sizes[1]) > 100 > max(map(int, sizes.groups()[1:]))
