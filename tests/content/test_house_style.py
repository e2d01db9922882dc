"""What a copy editor would mend: found, with its rule, and mended where that is safe."""

import shutil
from pathlib import Path

import pytest
from tests.content.tiny import FOLDER, tiny
from tests.projects import MALI, ROOT, copy_in_english, mali, text_of

from mgi_report.content.loading.house_style import read_house_style
from mgi_report.content.shared import Shelf
from mgi_report.content.spelling.house_style import Finding
from mgi_report.mending import mend, style_of

INTRO = f"{FOLDER}/en/intro.md"
STYLE = "content/shared/en/house-style.yml"
SHORT = """\
organization: Us
rules:
  - id: ampersand
    says: It is written out.
    find: ' & '
    use: ' and '
    example: {not: a & b, but: a and b}
"""


def found_in(text: str, style: str | None = None, lang: str = "en") -> list[Finding]:
    project = tiny({INTRO: text, STYLE: style or text_of(f"content/shared/{lang}/house-style.yml")})
    outcome = style_of(project, FOLDER, "en")
    assert not outcome.diagnostics
    return [finding for finding in outcome.value if finding.span.file == INTRO]


FOUND = [
    ("on November 4, 2015", "dates", "4 November 2015"),
    ("on Nov. 4, 2015", "dates", "4 November 2015"),
    ("on 4 November, 2015", "date-commas", "November 2015"),
    ("on November 4", "day-first", "4 November"),
    ("on 2015-11-04", "dates-from-machines", "4 November 2015"),
    ("on the 4th of November", "days", "4 November"),
    ("on 4 Nov. 2015", "months", "4 November"),
    ("on 04/11/2015", "numeric-dates", ""),
    ("in the 1990’s", "decades", "1990s"),
    ("in the 60’s", "decades", "60s"),
    ("in 2015-16", "short-ranges", "2015–2016"),
    ("in May-June", "month-ranges", "May–June"),
    ("see pp. 12-15", "figure-ranges", "12–15"),
    ("from 12-15 March", "figure-ranges", "12–15"),
    ("15-20 cases a day", "number-ranges", "15–20"),
    ("persons aged 15-40", "figure-ranges", "15–40"),
    ("10-15 per cent of them", "figure-ranges", "10–15"),
    ("some 10.7% of them", "per-cent", "10.7 per cent"),
    ("some 4 000 % of them", "per-cent", "4 000 per cent"),
    ("some 15 percent", "percent", "per cent"),
    ("for the 2nd time", "ordinals", "second"),
    ("to analyze data", "analyse", "analyse"),
    ("to harmonise data", "ize", "harmonize"),
    ("from 2015-2019", "ranges", "2015–2019"),
    ("one way - to work", "dashes", " – "),
    ("one way—to work", "dashes", " – "),
    ("it has 3 laws", "numbers-in-words", "three "),
    ("it has 3 new laws", "numbers-in-words", "three "),
    ("it is old; 3 laws followed", "numbers-in-words", "three "),
    ("in 2015, 3 laws followed", "numbers-in-words", "three "),
    ("so. 3 laws followed", "numbers-in-words", "Three "),
    ("it has 6 full-time staff", "numbers-in-words", "six "),
    ("with 7 States", "numbers-in-words", "seven "),
    ("it is *very* important", "italics", ""),
    ("naturalised citizens", "ize", "naturalized"),
    ("it was decriminalised", "ize", "decriminalized"),
    ("they were mobilised", "ize", "mobilized"),
    ("Organising work", "ize", "Organizing"),
    ("laws, rules, and decrees.", "serial-comma", "laws, rules and "),
    (
        "national laws, regional rules, and local plans.",
        "serial-comma",
        "national laws, regional rules and ",
    ),
    ("papers, e.g. passports", "latin", "for example"),
    ("health & work", "ampersand", " and "),
    ("US$ 600 million", "dollars", "USD "),
    ("some 500 $", "currency-sign", ""),
    ("some 500 USD", "currency-codes", "USD 500"),
    ("some €500", "euros", "EUR 500"),
    ("in the U.S. alone", "country-names", "United States"),
    ("laws , rules", "spaces", "laws,"),
    ("in Ivory Coast", "country-names", "Côte d’Ivoire"),
    ("in Tanzania", "country-names", "the United Republic of Tanzania"),
    ("the OSCE", "abbreviations", ""),
    ("the Integrated Data System (IDS)", "abbreviations", ""),
]


@pytest.mark.parametrize(("text", "rule", "instead"), FOUND)
def test_is_found_with_its_rule(text: str, rule: str, instead: str) -> None:
    line = f"So it is: {text}\n"
    (one,) = found_in(line)
    assert (one.rule, one.instead) == (rule, instead)
    start = one.span.column - 1
    assert line[start : start + len(one.written)] == one.written


FOUND_IN_OTHERS = [
    ("fr", "le 6 Octobre 2008", "months", "octobre"),
    ("fr", "le 1 avril 2021", "days", "1er avril"),
    ("fr", "soit 10,7 pour cent", "pour-cent", "10,7 %"),
    ("fr", "le 4 nov. 2015", "short-months", "4 novembre"),
    ("fr", "le 4 novembre, 2015", "date-commas", "novembre 2015"),
    ("fr", "le 2015-03-01", "dates-from-machines", "1er mars 2015"),
    ("fr", "15-20 cas par jour", "number-ranges", "15–20"),
    ("fr", "en 2015-16", "short-ranges", "2015–2016"),
    ("fr", "en mai-juin", "month-ranges", "mai–juin"),
    ("fr", "En 2015, 3 lois ont suivi", "numbers-in-words", "trois "),
    ("fr", "Le plan est prêt ; 3 lois ont suivi", "numbers-in-words", "trois "),
    ("fr", "il y a 7 États membres", "numbers-in-words", "sept "),
    ("fr", "c’est *très* important", "italics", ""),
    ("fr", "soit 500 €", "euros", "EUR 500"),
    ("fr", "ils viennent de Centrafrique", "country-names", "République centrafricaine"),
    ("fr", "ils viennent d’Iran", "country-names", "République islamique d’Iran"),
    ("fr", "des migrants en Russie", "country-names", "Fédération de Russie"),
    ("es", "el 6 de Octubre de 2008", "months", "octubre"),
    ("es", "un 15 por ciento", "por-ciento", "15 %"),
    ("es", "el 2015-11-04", "dates-from-machines", "4 de noviembre de 2015"),
    ("es", "En 2015, 3 leyes entraron en vigor", "numbers-in-words", "tres "),
    ("es", "aprobó 3 leyes", "numbers-in-words", "tres "),
    ("pt", "em 6 de Outubro de 2008", "months", "outubro"),
    ("pt", "cerca de 15 por cento", "por-cento", "15%"),
    ("pt", "cerca de 15 %", "por-cento", "15%"),
    ("pt", "em 2015-11-04", "dates-from-machines", "4 de novembro de 2015"),
    ("pt", "Em 2015, 3 leis entraram em vigor", "numbers-in-words", "três "),
    ("pt", "adotou 3 leis", "numbers-in-words", "três "),
    ("pt", "na Costa do Marfim", "country-names", "Côte d’Ivoire"),
    ("ar", "بلغت 15%", "per-cent", "15 في المائة"),
    ("ar", "القوانين و السياسات", "waw", " و"),
    ("ar", "اعتمدت 3 قوانين", "numbers-in-words", ""),
    ("ar", "وضعت 7 خطط", "numbers-in-words", ""),
    ("ar", "في ساحل العاج", "country-names", "كوت ديفوار"),
]


@pytest.mark.parametrize(("lang", "text", "rule", "instead"), FOUND_IN_OTHERS)
def test_each_language_has_rules_of_its_own(lang: str, text: str, rule: str, instead: str) -> None:
    (one,) = found_in(f"{text}.\n", lang=lang)
    assert (one.rule, one.instead) == (rule, instead)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "en 2015–2019, le 1er avril 2021, soit 15 %, à l’article 3 de la loi"),
        ("fr", "les articles 3, 4 et 5 de la loi, le 3 mars, 4 agents au nord et 15 agents au sud"),
        ("fr", "En mai, 2015 personnes sont venues, soit en USD 2015; le fichier 2015-11-04.pdf"),
        ("fr", "la République islamique d’Iran, la Macédoine du Nord, le 1-800-555-0100"),
        ("fr", "l’arrêté 2015-16, le décret n° 2015-11, par 8 voix contre 3 avec 2 abstentions"),
        ("fr", "la République arabe syrienne, la Fédération de Russie, du Mali – et d’ailleurs"),
        (
            "es",
            "el 6 de octubre, un 15 %, durante 3 años; República de Corea; Federación de Rusia",
        ),
        ("es", "los artículos 3, 4 y 5 de la ley; tiene 4 agentes en el norte y 15 en el sur"),
        ("pt", "os artigos 3, 4 e 5 da lei; há 4 agentes no norte e 15 no sul"),
        ("pt", "em 6 de outubro de 2008, 15%, durante 3 anos, R$ 50, a República da Moldova"),
        ("ar", "في 4 آذار/مارس 2015، بلغت 15 في المائة، المادة 3 من القانون رقم 3-5"),
        ("ar", "انخفض من 7 إلى 5 في المائة"),
        ("ar", "جمهورية مولدوفا، وقوانين وسياسات، وورد في الفقرة 4 منها"),
    ],
)
def test_is_left_alone_in_each_language(lang: str, text: str) -> None:
    assert not found_in(f"{text}.\n", lang=lang)


def test_says_what_the_rule_asks_for_with_an_example() -> None:
    (one,) = found_in("It was in the 1990’s.\n")
    assert str(one.told()) == (
        f'{INTRO}:1:15: warning: "1990’s" is written "1990s" in this house (decades). '
        "[house-style-is-kept]\n"
        '  A decade has no apostrophe. "in the 1990’s" becomes "in the 1990s".'
    )


def test_each_line_of_a_paragraph_has_its_places() -> None:
    (one,) = found_in("Of some people\nin the 1990’s\nand *Since* then.\n")
    assert (one.span.line, one.span.column) == (2, 8)


def test_an_abbreviation_is_spelt_out_and_used_again() -> None:
    found = found_in("The OSCE. The Integrated Data System (IDS), and the OSCE.\n")
    assert [each.told().message for each in found] == [
        '"OSCE" is not spelt out where it stands first (abbreviations).',
        '"IDS" is introduced here and not used again (abbreviations).',
    ]


def test_an_abbreviation_within_other_words_that_are_told_is_not_told_again() -> None:
    found = found_in("Migrants in the US work.")
    assert [(each.rule, each.instead) for each in found] == [("country-names", "the United States")]


def test_an_abbreviation_in_the_title_of_a_source_stays() -> None:
    title = "Plan d’action 2020–2024 de la Politique nationale de migration du Mali (PONAM)"
    assert f"[{title}](@" in text_of(f"{MALI}/fr/covid-19.md")
    assert style_of(mali(), MALI, "fr").value == []


NOT_FOUND = [
    "write to info@organisation.org, see www.organise.org/data_20%25 and https://analyze.org",
    "on 4 November 2015, in the 1990s, in 2015–2019",
    "Law No. 2016-048 of 17 October 2016 and Decree No. 05-322",
    "Objective 5 and Axes 1 and 3 of the plan; target 10.7; within 9 kilometres",
    "the Islamic Republic of Iran, Bolivia (Plurinational State of), the Republic of Moldova",
    "for the 21st time; analysed analyses; 2021/22; Decree No. 2016/10/2019-A",
    "Sections 3, 4 and 5 of the Act; phase 2 projects; children under 5 years of age",
    "it has 4 officers in the north and 15 in the south",
    "by 8 votes to 3, with 2 abstentions; it fell from 7 to 5 per cent",
    "Law 2015-16 sets; Decree 15-20 sets; call 1-800-555-0100 on weekdays",
    "the fees rose, and numbers fell; fair, however, and quick.",
    "In 2015, 2017 and 2019 surveys were held. In March and in May, 2,000 people came",
    "In March, 2015 people came; in May, 2016 new permits were issued",
    "prices in 2015 USD; the file 2015-11-04.pdf; Law No. 12-15 March",
    "for advisers and supervisors who improvise, advertise and compromise",
    "*Loi*, *Gender and Migration in the Sahel*, *gendarmerie*{lang=fr}",
    "it has 12 laws, 28 points and 2,000 people",
    "to advise, revise, supervise and exercise; expertise and enterprises; to analyse",
    "the African Union Specialised Technical Committee",
    "it said “to mobilise the 1990’s & more”, and *Programmes & organised*",
    "the [Ministry](https://x.org/a&b/2015-2019) is at <https://x.org/2015-2019>",
    "the UN, IOM, COVID-19, part II",
    "the Integrated Data System (IDS). IDS is new, and so are two IDSs",
    "[l’organisation & la mobilisation]{lang=fr}",
    "the Vaccine AF MALI COVID-19 Project",
    "laws, the rules that they need, and decrees",
    "www.example.org/organise-2015-2019, organise@example.org and https://x.org/mobilise/2015-2019",
    'it said "They organise 15%" and left',
    "Decree No. 2014-1924 and Law No. 2017-2020",
    "10 - 3 is 7",
    "MXN 40, XOF 300, GBP 5 and CHF 10",
]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_is_left_alone(text: str) -> None:
    assert not found_in(f"So it is: {text}.\n")


def test_a_quotation_that_is_set_apart_is_left_alone() -> None:
    assert not found_in("> They organise 15% of the 1990’s.\n")


@pytest.mark.parametrize("amount", ["C$ 500 million", "MX$500", "R$ 20", "$ 40"])
def test_no_other_dollar_is_made_one_of_the_united_states(amount: str) -> None:
    assert not [each for each in found_in(f"It cost {amount}.\n") if each.instead]


def test_tables_have_their_own_rules() -> None:
    table = "| State | Laws |\n|---|---|\n| Some & more | in 2015-2019 |\n"
    assert [each.rule for each in found_in(table)] == ["ranges"]


def test_the_style_is_the_nearest() -> None:
    assert [each.rule for each in found_in("Work & 1990’s.\n", SHORT)] == ["ampersand"]


@pytest.mark.parametrize("lang", ["ar", "en", "es", "fr", "pt"])
def test_the_examples_of_each_rule_hold(lang: str) -> None:
    path = f"content/shared/{lang}/house-style.yml"
    shelf = Shelf(tiny({path: text_of(path)}), FOLDER, lang)
    assert read_house_style(shelf).rules
    assert not shelf.found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("a & b", "a and b", "does not find"),
        ("but: a and b", "but: a or b", 'makes "a and b" of its example'),
        ("' & '", "' (& '", "cannot be read"),
        ("' & '", "'{marks}'", 'asks for a list "marks"'),
        ("' and '", r"'\1'", "has 0 groups"),
        ("id: ampersand", "id: Amp ersand", "Amp ersand"),
        ("find:", "finds:", "finds"),
    ],
)
def test_a_rule_that_cannot_work_is_told(old: str, new: str, said: str) -> None:
    shelf = Shelf(tiny({STYLE: SHORT.replace(old, new, 1)}), FOLDER, "en")
    assert not read_house_style(shelf).rules
    assert any(said in f"{each.message} {each.hint}" for each in shelf.found), shelf.found
    assert all(each.span and each.span.file == STYLE for each in shelf.found)


def test_what_is_safe_is_mended_and_nothing_else(tmp_path: Path) -> None:
    copy_in_english(tmp_path)
    chapter = tmp_path / MALI / "en" / "5-mobility-crises.md"
    before = chapter.read_bytes()
    added = "\nOn November 4, 2015, 3 States mobilised “US$ 5” & more – {{ year }}.\r\n"
    chapter.write_bytes(before + added.encode())
    others = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path != chapter}
    mended = mend(tmp_path / MALI)
    assert [each.rule for each in mended.findings] == ["dates", "ize"]
    expected = "\nOn 4 November 2015, 3 States mobilized “US$ 5” & more – {{ year }}.\r\n"
    assert chapter.read_bytes() == before + expected.encode()
    assert {path: path.read_bytes() for path in others} == others
    assert not mend(tmp_path / MALI).findings


def test_what_is_shipped_is_not_mended(tmp_path: Path) -> None:
    copy_in_english(tmp_path)
    shipped = (ROOT / "content/shared/en/introduction.md").read_bytes()
    assert not mend(tmp_path / MALI).findings
    assert (ROOT / "content/shared/en/introduction.md").read_bytes() == shipped
    shutil.rmtree(tmp_path / MALI)
    assert not mend(tmp_path / MALI).findings
