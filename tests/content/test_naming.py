"""Step 2: names and numbers of laws that are written in two ways."""

import pytest
from tests.content.tiny import FOLDER, resolved, tiny
from tests.projects import text_of

from mgi_report.diagnostics import Diagnostic, Severity

INTRO = f"{FOLDER}/en/intro.md"
SHARED = [f"content/shared/en/{name}.yml" for name in ("spelling", "terms")]


def found_in(text: str) -> list[Diagnostic]:
    _, found = resolved(tiny({INTRO: text, **{path: text_of(path) for path in SHARED}}))
    return found


def told(text: str) -> list[str]:
    """Give what is said to be written otherwise; of each finding, both ways."""
    found = found_in(text)
    assert all(each.severity is Severity.WARNING for each in found)
    return [each.message.partition(" elsewhere")[0] for each in found]


WAYS = [
    ("case", "Ministry of Health", "Ministry of health"),
    ("case of a first word", "National Migration Policy", "national Migration Policy"),
    (
        "small letters",
        "Economic Community of West African States",
        "economic community of west African states",
    ),
    ("hyphen", "Anti-Trafficking Committee", "Anti Trafficking Committee"),
    ("no hyphen", "Anti-Trafficking Committee", "Antitrafficking Committee"),
    ("article", "Ministry of the Interior", "Ministry of Interior"),
    ("preposition", "National Policy on Migration", "National Policy for Migration"),
    ("ampersand", "Ministry of Health and Social Affairs", "Ministry of Health & Social Affairs"),
    ("plural inside", "High Council of Malians Abroad", "High Council of Malian Abroad"),
    ("point", "Dr Keita", "Dr. Keita"),
    ("points", "UNHCR", "U.N.H.C.R."),
    ("acronym", "MINUSMA", "Minusma"),
    ("letter", "National Directorate of Statistics", "National Directorate of Statisitcs"),
    ("lost letter", "Displacement Tracking Matrix", "Displacment Tracking Matrix"),
    ("order", "Ministry of Health", "Health Ministry"),
    ("long order", "National Agency for Employment", "National Employment Agency"),
    ("British and American", "Centre for Labour Studies", "Center for Labour Studies"),
    ("slash", "No. 2016-036", "No. 2016/036"),
    ("sign", "No. 2016-036", "N° 2016-036"),
    ("zero", "No. 2016-036", "No. 2016-36"),
    ("year", "No. 2016-036", "No. 16-036"),
    ("suffix", "No. 03-031/AN-RM", "No. 03-031"),
]


@pytest.mark.parametrize(("usual", "other"), [pytest.param(*way[1:], id=way[0]) for way in WAYS])
def test_one_name_in_two_ways(usual: str, other: str) -> None:
    law = "Decree " if usual.startswith("No.") else ""
    text = f"See the {law}{usual}.\nThis is the {law}{other}, again the {law}{usual}.\n"
    said = told(text)
    if other.startswith("N°"):
        assert said == [f'"{other}" is written "{usual}" in this series.']
    else:
        assert said == [f'"{other}" is written "{usual}"']


@pytest.mark.parametrize(
    "text",
    [
        "The Sustainable Development Goals. It is a Sustainable Development Goal.",
        "The Ministry of Health. Three Ministries of Health.",
        "Adopted the National Migration Policy. A national migration policy is needed.",
        "Mali and France, France and Mali. From Mali to France, then France to Mali.",
        "The Immigration Law and the Emigration Law.",
        "The Border Protection Act, for the production: the Border Production Act.",
        "The Ministry of Health and the Ministry of Wealth; its wealth.",
        "On Aid, Refugees and Forcibly Displaced Men, for refugees and forcibly displaced men.",
        "The Republic of Mali. REPUBLIC OF MALI, SECOND PROFILE. The Profile and the Profile.",
        "RESPONSE: two RESPONSE plans, the Response and a response.",
        "Young Malians left. There are young Malians.",
        "Law No. 2016-036 and Decree No. 2016/036.",
        "The Action Plan 2019–2020 and Law No. 19-20 of 2019/2020.",
        "The WHO. It is Who they are. The Care Act of CARE Mali.",
        "The Ministry of Health. “The Ministry of health”, *Ministry of health*.",
        "The United\u00a0Nations Office and the United\nNations Office.",
        "See order n° 01-016/P-RM of 2001 and decree n° 0901/PRM of 2018.",
        "Four for our hour: otherwise wise, a prize.",
    ],
)
def test_what_is_not_one_name(text: str) -> None:
    assert told(f"{text}\n") == []


def test_spelling_of_two_countries() -> None:
    assert told("It analysed the theatre. They analyzed it; it was analysed.\n") == [
        '"analyzed" is written "analysed"'
    ]


def test_a_place_is_told_of_once() -> None:
    text = (
        "The Ministry of Health and Social Affairs, the Ministry of Health.\n"
        "The Ministry of Health and Social Affairs, the Ministry of Health.\n"
        "The Ministry of health and Social Affairs.\n"
    )
    assert told(text) == [
        '"Ministry of health and Social Affairs" is written "Ministry of Health and Social Affairs"'
    ]


def test_the_words_of_a_link_to_a_source_are_a_name() -> None:
    text = "Under [Law No. 2016-036](@law), and Law No. 2016/036, Law No. 2016-036.\n"
    assert told(text) == ['"No. 2016/036" is written "No. 2016-036"']


def test_both_places_are_named() -> None:
    found = found_in("The Ministry of Health\n\nin the Ministry of health.\n")
    assert [(str(each.span), each.message) for each in found] == [
        (
            f"{INTRO}:3:8",
            f'"Ministry of health" is written "Ministry of Health" elsewhere ({INTRO}:1:5).',
        )
    ]


def test_the_name_in_profile_yml_is_the_right_one() -> None:
    text = "In the Republic Of Mali.\n\nThe Republic Of Mali: {{ territory.long-name }}.\n"
    assert [(str(each.span), each.message) for each in found_in(text)] == [
        (place, f'"Republic Of Mali" is written "Republic of Mali" elsewhere ({INTRO}:3:23).')
        for place in (f"{INTRO}:1:8", f"{INTRO}:3:5")
    ]
