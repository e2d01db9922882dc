"""What has changed in an original since it was translated: where the translation is told of it."""

from collections.abc import Sequence

import pytest

from mgi_report.content.markdown.documents import parse_document
from mgi_report.content.translation.changes import Changes
from mgi_report.content.translation.comparing import compare
from mgi_report.content.translation.passages import Passage, of_document, of_yaml
from mgi_report.content.translation.record import Line
from mgi_report.content.words import Language
from mgi_report.content.yaml import parse_yaml

ORIGINAL = """\
## Good {#good}

One.

Two[^a].

Three.

[^a]: A note.
"""
TRANSLATION = """\
## Bien {#good}

Un.

Deux[^a].

Trois.

[^a]: Une note.
"""


def passages(text: str, path: str = "en.md") -> Sequence[Passage]:
    return of_document(parse_document(text, path).value)


def kept(original: str = ORIGINAL, translation: str = TRANSLATION) -> Sequence[Line]:
    """Give what is kept when somebody says that all is in step."""
    mine, theirs = passages(original), passages(translation, "fr.md")
    return Changes((), mine, theirs, "fr.md").kept()


def told(
    original: str, translation: str = TRANSLATION, lines: Sequence[Line] | None = None
) -> list[str]:
    changes = Changes(
        kept() if lines is None else lines, passages(original), passages(translation), "fr.md"
    )
    return [f"{change.span.line} {change.kind}" for change in changes]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("One.", "One.", []),
        ("Two[^a].", "Twice[^a].", ["5 changed"]),
        ("A note.", "Another note.", ["9 changed"]),
        ("Good", "Well", ["1 changed"]),
        ("One.\n", "One.\n\nNew.\n", ["3 new"]),
        ("Three.\n", "Three.\n\nNew.\n", ["7 new"]),
        ("Three.\n\n", "", ["7 gone"]),
        ("One.\n\nTwo[^a].", "Two[^a].\n\nOne.", ["5 moved"]),
        # The same words in another form.
        ("Two[^a].", "Two[^a].\n", []),
        ("[^a]", "[^b]", []),
        ("One.\n", "{.lead when=local}\nOne.\n", []),
        ("Three.", "Three\n.", ["7 changed"]),
    ],
)
def test_a_change_is_told_where_the_translation_follows(
    old: str, new: str, expected: list[str]
) -> None:
    assert told(ORIGINAL.replace(old, new)) == expected


def test_lines_may_be_broken_anew() -> None:
    text = "One sentence.\nAnother sentence.\n"
    lines = kept(text, "Une phrase.\nUne autre.\n")
    assert told("One sentence. Another\nsentence.\n", "Une phrase.\nUne autre.\n", lines) == []


def test_the_translation_may_be_mended_without_a_word() -> None:
    assert told(ORIGINAL, TRANSLATION.replace("Un.", "L’un.")) == []


def test_what_was_translated_at_once_is_told_until_it_is_said_to_be_in_step() -> None:
    original = ORIGINAL.replace("One.\n", "One.\n\nNew.\n")
    translation = TRANSLATION.replace("Un.\n", "Un.\n\nNouveau.\n")
    assert told(original, translation) == ["5 new"]
    assert told(original, translation, kept(original, translation)) == []


def test_a_passage_that_was_moved_in_both_is_in_step() -> None:
    original = ORIGINAL.replace("One.\n\nTwo[^a].", "Two[^a].\n\nOne.")
    translation = TRANSLATION.replace("Un.\n\nDeux[^a].", "Deux[^a].\n\nUn.")
    assert told(original, translation) == []


@pytest.mark.parametrize(
    ("said", "left"),
    [(3, ["5 changed"]), (5, ["3 changed"])],
)
def test_one_passage_may_be_said_to_be_in_step(said: int, left: list[str]) -> None:
    original = ORIGINAL.replace("One.", "Once.").replace("Two", "Twice")
    changes = Changes(kept(), passages(original), passages(TRANSLATION), "fr.md")
    lines = changes.kept(lambda change: change.span.line == said)
    assert told(original, lines=lines) == left


@pytest.mark.parametrize(
    ("old", "new", "said", "left"),
    [
        ("Three.\n\n", "", 7, []),
        ("Three.\n\n", "", 1, ["7 gone"]),
        ("One.\n", "One.\n\nNew.\n", 3, []),
        ("One.\n", "One.\n\nNew.\n", 1, ["3 new"]),
        ("One.\n\nTwo[^a].", "Two[^a].\n\nOne.", 5, []),
        ("One.\n\nTwo[^a].", "Two[^a].\n\nOne.", 1, ["5 moved"]),
    ],
)
def test_what_was_not_said_is_told_again(old: str, new: str, said: int, left: list[str]) -> None:
    original = ORIGINAL.replace(old, new)
    changes = Changes(kept(), passages(original), passages(TRANSLATION), "fr.md")
    lines = changes.kept(lambda change: change.span.line == said)
    assert told(original, lines=lines) == left


# --- A passage that the translation has lost ----------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Un.\n\n", "", ["1 lost"]),
        ("Deux[^a].\n\n", "", ["3 lost"]),
        ("Trois.\n\n", "", ["5 lost"]),
        ("Un.\n\nDeux[^a].", "Une et deux[^a].", ["3 lost"]),
        ("Un.\n\nDeux[^a].\n\n", "", ["1 lost", "1 lost"]),
        # Mended and parted: nothing is lost.
        ("Un.\n\nDeux[^a].", "L’un.\n\nLes deux[^a].", []),
        ("Trois.", "Trois.\n\nEt plus.", []),
    ],
)
def test_a_passage_that_the_translation_has_lost_is_told(
    old: str, new: str, expected: list[str]
) -> None:
    translation = TRANSLATION.replace(old, new)
    assert told(ORIGINAL, translation) == expected
    assert told(ORIGINAL, translation, kept(ORIGINAL, translation)) == []


SECTIONS = """\
## Good {#good}

One.

## Support {#support}

Two[^a].

### Aid {#aid}

Three.

## More {#more}

Four.

[^a]: A note.
"""


def test_a_section_that_is_missing_is_told_once_and_is_the_right_one() -> None:
    start, end = SECTIONS.index("## Support"), SECTIONS.index("## More")
    translation = (SECTIONS[:start] + SECTIONS[end:]).replace("[^a]: A note.", "")
    found = compare(passages(SECTIONS), passages(translation, "fr.md"), "fr.md")
    assert [f"{each.span}: {each.message}" for each in found] == [
        (
            "fr.md:3:1: Behind this a heading is missing, which stands in the original: en.md:5:1, "
            "with what stands under it."
        )
    ]


# --- Passages that say the same -----------------------------------------------------------------

TWICE = """\
## First

Alpha.

No data are available.

Beta.

## Second

Gamma.

No data are available.

Delta.
"""
TWICE_IN_FRENCH = TWICE.replace("No data are available.", "Aucune donnée.")
NO_DATA = "No data are available.\n\n"


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        (TWICE.replace(NO_DATA + "Delta", "Delta"), ["13 gone"]),
        (TWICE.replace(NO_DATA + "Beta", "Beta"), ["5 gone"]),
        (TWICE.replace("Beta.\n\n", "Beta.\n\n" + NO_DATA), ["7 new"]),
        (
            TWICE.replace("Alpha", "X").replace("Beta", "Alpha").replace("X", "Beta"),
            ["7 moved", "3 moved"],
        ),
        (TWICE.replace("Alpha.\n\n" + NO_DATA, NO_DATA + "Alpha.\n\n"), ["5 moved"]),
    ],
)
def test_each_of_two_passages_that_say_the_same_is_followed(
    original: str, expected: list[str]
) -> None:
    lines = kept(TWICE, TWICE_IN_FRENCH)
    assert told(original, TWICE_IN_FRENCH, lines) == expected


# --- YAML ---------------------------------------------------------------------------------------


def test_entries_of_yaml_are_known_by_their_keys_and_ids() -> None:
    text = """\
sources: Key sources
handles: [one, two]
domains:
  - {id: rights, name: Rights}
  - {id: crises, name: Crises}
"""
    before = parse_yaml(text, "en.yml").value
    assert before
    assert [(each.name, each.span.line) for each in of_yaml(before)] == [
        ("sources", 1),
        ("handles", 2),
        ("rights", 4),
        ("crises", 5),
    ]


def test_of_sources_only_the_words_count() -> None:
    def digest(text: str) -> str:
        root = parse_yaml(f"references: [{{id: law, {text}}}]", "sources.yml").value
        assert root
        (passage,) = of_yaml(root, ("title",))
        return passage.digest

    assert digest("title: The law, URL: x") == digest("title: The law, URL: y")
    assert digest("title: The law") != digest("title: A law")


# --- Without a record ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("original", "translation", "expected"),
    [
        (
            "Two.\n\nParagraphs.",
            "Un seul.",
            ["1:1 The original has 2 paragraphs here (en.md:1:1), the translation 1."],
        ),
        (
            "See [@law; @act].",
            "Voir [@law].",
            [
                (
                    '1:1 The source "act" is cited in the original here (en.md:1:1), but not '
                    "in the translation."
                )
            ],
        ),
        (
            "See.",
            "Voir [la loi](@law).",
            ['1:1 The source "law" is cited here, but not in the original (en.md:1:1).'],
        ),
        (
            "See [it](#annexes/migof).",
            "Voir.",
            [
                (
                    '1:1 The place "migof" is referred to in the original here (en.md:1:1), '
                    "but not in the translation."
                )
            ],
        ),
        (
            "One[^a].\n\n[^a]: A.",
            "Un.",
            ["1:1 The original has 1 call of a footnote here (en.md:1:1), the translation 0."],
        ),
        (
            "One[^a]. Two[^b].\n\n[^a]: A.\n\n[^b]: B.",
            "Un[^a]. Deux.\n\n[^a]: A.",
            ["1:1 The original has 2 calls of footnotes here (en.md:1:1), the translation 1."],
        ),
        (
            "- One\n- Two\n- Three",
            "- Un\n- Deux",
            ["1:1 The original has 3 list items here (en.md:1:1), the translation 2."],
        ),
        (
            "## A {#a}\n\nText.\n\n### B {#b}\n\nText.",
            "## A {#a}\n\nTexte.",
            [
                (
                    "3:1 Behind this a heading is missing, which stands in the original: "
                    "en.md:5:1, with what stands under it."
                )
            ],
        ),
        (
            "## A {#a}\n\nText.",
            "## A {#a}\n\nTexte.\n\n## B {#b}\n\nTexte.",
            ["5:1 The original has no such heading."],
        ),
        (
            "Law No. 09-015 of 26 June 2009.",
            "La loi n° 09-015 du 26 juin.",
            [
                (
                    '1:1 The figure "2009" stands in the original here (en.md:1:1), but not in the '
                    "translation."
                )
            ],
        ),
        # Each language has its own way of writing figures, and words for small ones.
        ("6,000 people, 10.7 per cent, 3 laws", "6 000 personnes, 10,7 %, trois lois", []),
        ("6,000 people in 2019", "٦٬٠٠٠ ٢٠١٩".replace("٬", ","), []),
        ("The *Plan 2020*{lang=fr} of Mali", "Le plan du Mali", []),
        ("In 2019 and 2020.\n\nThen.", "Puis.\n\nEn 2019 et 2020.", []),
        (
            "| A | B |\n|---|---|\n| 1 | 20 |\n| 400 | 121 |",
            "| A | B |\n|---|---|\n| 1 | 20 |\n| 400 | 121 |",
            [],
        ),
    ],
)
def test_a_translation_has_what_the_original_has(
    original: str, translation: str, expected: list[str]
) -> None:
    found = compare(passages(original), passages(translation, "fr.md"), "fr.md")
    assert [
        f"{each.span.line}:{each.span.column} {each.message}" for each in found if each.span
    ] == expected


@pytest.mark.parametrize(
    ("original", "translation", "expected"),
    [
        # A heading too much, in the middle of what stands under another, with notes and sources.
        (
            "## A {#a}\n\nIn 2019[^a].\n\nSee [@law] of 2020[^b].\n\n[^a]: A.\n\n[^b]: B of 1999.",
            "## A {#a}\n\n2019[^a] !\n\n### Plus\n\n[@law], 2020[^b].\n\n[^a]: A.\n\n[^b]: B 1999.",
            ["5:1 The original has no such heading."],
        ),
        (
            "## A {#a}\n\nIn 2019.\n\n## B {#b}\n\nIn 2020.",
            "## A {#a}\n\nA 2019\n\n## C\n\n[@act][^c]\n\n### D\n\n## B {#b}\n\nB 2020\n\n[^c]: C.",
            ["5:1 The original has no such heading."],
        ),
        # A row that is missing, with all that stands in it.
        (
            "| A | B |\n|---|---|\n| One | 2019 |\n| Two[^a] | 2020 [@law] |\n\n[^a]: In 1999.",
            "| A | B |\n|---|---|\n| Un | 2019 |",
            ["1:1 The original has 2 rows in this table (en.md:1:1), the translation 1."],
        ),
        # A note that is missing, with all that stands in it.
        (
            "One[^a] and two[^b].\n\n[^a]: In 1999, [@law].\n\n[^b]: In 2000.",
            "Un et deux[^b].\n\n[^b]: En 2000.",
            ["1:1 The original has 2 calls of footnotes here (en.md:1:1), the translation 1."],
        ),
        # In another order.
        (
            "In 2019, 5,000 people.\n\nSee [@law].",
            "Voir [@law].\n\nEn 2019, 5 000 personnes.",
            ["3:1 This paragraph stands in another place than in the original: en.md:1:1."],
        ),
        (
            "- In 2019\n- In {{ year }}\n- In 2021",
            "- En 2021\n- En 2019\n- En {{ year }}",
            ["1:1 This list item stands in another place than in the original: en.md:3:1."],
        ),
        (
            "One[^a]. Two[^b].\n\n[^a]: A.\n\n[^b]: B.",
            "Un[^b]. Deux[^a].\n\n[^b]: B.\n\n[^a]: A.",
            ['1:13 The note "a" is called in another place than in the original: en.md:1:4.'],
        ),
        (
            "## A {#a}\n\nIn 2019.\n\n## B {#b}\n\nIn 2020.",
            "## B {#b}\n\nEn 2020.\n\n## A {#a}\n\nEn 2019.",
            ["5:1 This heading stands in another place than in the original: en.md:1:1."],
        ),
        # Where passages could stand for each other, it is not sure that they were exchanged.
        ("In 2019.\n\nIn 2019 and 2020.", "En 2019 et 2020.\n\nEn 2019 et 2020.", []),
        ("In 2019.\n\nSince.", "Depuis.\n\nEn 2019.", []),
        ("A [law](@law), a [rule](@rule).", "Une [règle](@rule), une [loi](@law).", []),
    ],
)
def test_one_cause_is_told_once(original: str, translation: str, expected: list[str]) -> None:
    languages = Language(decimal_mark="."), Language(decimal_mark=",")
    found = compare(
        passages(original), passages(translation, "fr.md"), "fr.md", languages=languages
    )
    assert [
        f"{each.span.line}:{each.span.column} {each.message}" for each in found if each.span
    ] == expected


def test_passages_that_were_exchanged_since_are_told_by_their_words() -> None:
    translation = TRANSLATION.replace("Un.\n\nDeux[^a].", "Deux[^a].\n\nUn.")
    mine, theirs = passages(ORIGINAL), passages(translation, "fr.md")
    changes = Changes(kept(), mine, theirs, "fr.md")
    assert list(changes) == []
    (found,) = compare(mine, theirs, "fr.md", changes)
    assert str(found) == (
        "fr.md:5:1: warning: This paragraph stands in another place than in the original: "
        "en.md:3:1. [translation-has-all]\n  Put it where it stands in the original; or, if it is "
        "meant, say so: mgi-report translated . --lang  fr.md:5"
    )


def exchanged(translation: str = TRANSLATION) -> str:
    return translation.replace("Un.\n\nDeux[^a].", "Deux[^a].\n\nUn.")


def test_passages_that_are_meant_to_stand_elsewhere_are_silent() -> None:
    mine, theirs = passages(ORIGINAL), passages(exchanged(), "fr.md")
    before = Changes(kept(), mine, theirs, "fr.md")
    lines = before.kept(elsewhere={1: 2})
    after = Changes(lines, mine, theirs, "fr.md")
    assert [line.is_elsewhere for line in lines] == [False, True, False, False, False]
    assert list(compare(mine, theirs, "fr.md", after)) == []


LONG = "One long sentence that says all that is to be said of it here. Another one of that kind. "


@pytest.mark.parametrize(
    ("original", "translation", "expected"),
    [
        (
            "It asks for “peace” and “work”.",
            "Il demande « la paix » et le travail.",
            ["The original has 2 quotations here (en.md:1:1), the translation 1."],
        ),
        ("It asks for “peace”.", "Il demande « la paix, dite “paix” ».", []),
        ("It asks for peace.", "Il demande « la paix ».", []),
        ("The *“Plan”*{lang=en} of Mali.", "Le plan du Mali.", []),
        (
            f"{LONG}{LONG}",
            f"{LONG}",
            [
                (
                    "The original has 4 sentences here (en.md:1:1), the translation 2, and is much "
                    "shorter."
                )
            ],
        ),
        # One sentence made of two.
        (LONG, LONG.replace(". A", ", a"), []),
        ("One. Two.", "Un.", []),
    ],
)
def test_a_passage_that_lacks_quotations_or_sentences_is_told(
    original: str, translation: str, expected: list[str]
) -> None:
    mine, theirs = passages(original), passages(translation, "fr.md")
    assert [each.message for each in compare(mine, theirs, "fr.md")] == expected
    agreed = Changes(kept(original, translation), mine, theirs, "fr.md")
    assert list(compare(mine, theirs, "fr.md", agreed)) == []


def test_a_paragraph_that_is_deleted_is_told_once_without_a_record() -> None:
    original = "One.\n\nIn 2019, 5,000[^a] of “them”, see [@law].\n\nIn 2020.\n\n[^a]: In 1999."
    mine, theirs = passages(original), passages("Un.\n\nEn 2020.", "fr.md")
    assert [each.message for each in compare(mine, theirs, "fr.md")] == [
        "The original has 3 paragraphs here (en.md:1:1), the translation 2."
    ]
