"""Step 1: characters that nobody sees are told, whichever way they come into a text."""

import pytest
from tests.content.tiny import FOLDER, edited, loaded, tiny

from mgi_report.content.files import decode
from mgi_report.content.markdown.documents import parse_document
from mgi_report.content.yaml import parse_yaml
from mgi_report.diagnostics import Rule


@pytest.mark.parametrize(
    ("character", "says"),
    [
        ("\u202e", "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
        ("\u2066", "U+2066 (LEFT-TO-RIGHT ISOLATE)"),
        ("\u200e", "U+200E (LEFT-TO-RIGHT MARK)"),
        ("\u061c", "U+061C (ARABIC LETTER MARK)"),
        ("\u200b", "U+200B (ZERO WIDTH SPACE)"),
        ("\u200c", "U+200C (ZERO WIDTH NON-JOINER)"),
        ("\u2060", "U+2060 (WORD JOINER)"),
        ("\u2028", "U+2028 (LINE SEPARATOR)"),
        ("\ufeff", "U+FEFF (ZERO WIDTH NO-BREAK SPACE)"),
        ("\U000e0041", "U+E0041 (TAG LATIN CAPITAL LETTER A)"),
        ("\U000e0000", "U+E0000 (TAG)"),
        ("\ufffd", "a letter was lost"),
        ("\x00", "control character U+0000"),
        ("\x7f", "control character U+007F"),
        ("\x85", "control character U+0085"),
        ("\ufdd0", "U+FDD0 stands here, which is no character"),
        ("\U0001ffff", "U+1FFFF stands here, which is no character"),
    ],
)
def test_what_nobody_sees_is_told_and_left_out(character: str, says: str) -> None:
    text = decode(f"One\nand t{character}wo".encode(), "a.md")
    assert text.value == "One\nand two"
    (found,) = text.diagnostics
    assert found.rule is Rule.FILE_IS_TEXT
    assert str(found.span) == "a.md:2:6"
    assert says in found.message


@pytest.mark.parametrize(
    "text",
    ["می\u200cخواهم", "क्\u200dष", "ශ්\u200dරී", "a\tb\r\nc", "soft\u00adhyphen", "١\u0660\u06dd٢"],
)
def test_what_a_script_needs_is_left_alone(text: str) -> None:
    assert decode(text.encode(), "a.md").diagnostics == ()


def test_one_kind_is_told_once_with_the_number_of_its_places() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "hidden words")
    found = decode(f"a\u200bb\n\u200bc {hidden}\n".encode(), "a.md").diagnostics
    assert [str(each.span) for each in found] == ["a.md:1:2", "a.md:2:4"]
    assert "1 more place, next in line 2" in str(found[0].hint)
    assert "11 more places" in str(found[1].hint)


@pytest.mark.parametrize(
    ("yaml", "place"),
    [
        (r'a: "one \0 two"', "1:9"),
        (r'a: "one \u202e two"', "1:9"),
        (r'a: ["\\0", "b\x07"]', "1:14"),
        ('a: "one\n  two \\u200b"', "2:7"),
        (r'"k\0": two', "1:3"),
    ],
)
def test_escapes_in_yaml_are_read_before_they_are_judged(yaml: str, place: str) -> None:
    parsed = parse_yaml(yaml, "a.yml")
    assert parsed.value
    (found,) = parsed.diagnostics
    assert found.rule is Rule.FILE_IS_TEXT
    assert str(found.span) == f"a.yml:{place}"


def test_an_escape_for_no_character_at_all() -> None:
    for escape in (r"\U00110000", r"\ud800"):
        (found,) = parse_yaml(f'a: "{escape}"', "a.yml").diagnostics
        assert (found.rule, str(found.span)) == (Rule.YAML_PARSES, "a.yml:1:7")


def test_entities_in_markdown_are_judged_too() -> None:
    text = "Some &#x202e;words\n\n![A map&ZeroWidthSpace;](map.png)\n"
    found = parse_document(text, "a.md").diagnostics
    assert [(each.rule, str(each.span)) for each in found] == [
        (Rule.FILE_IS_TEXT, "a.md:1:6"),
        (Rule.FILE_IS_TEXT, "a.md:3:1"),
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        (f"{FOLDER}/sources.yml", "The *Law*", r'"The \u202eLaw"', "2:88"),
        (f"{FOLDER}/sources.yml", "The *Law*", "The \u202e*Law*", "2:87"),
        (f"{FOLDER}/profile.yml", "authors: [IOM]", r'authors: ["IO\0M"]', "14:14"),
        (f"{FOLDER}/en/updates.md", "New.", "Ne\u200bw.", "3:3"),
        ("content/shared/en/labels.yml", "Framework", "Frame\u2060work", "3:13"),
        ("content/shared/en/frame.yml", "One", "O\U000e0041ne", "4:14"),
    ],
)
def test_every_file_of_the_content_is_judged(path: str, old: str, new: str, place: str) -> None:
    _, found = loaded(tiny(edited(path, old, new)))
    assert [f"{each.rule} {each.span}" for each in found] == [f"file-is-text {path}:{place}"]
