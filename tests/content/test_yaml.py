"""Step 1: YAML is checked in one pass, and each error has its place."""

import time
from collections.abc import Callable

import pytest
from tests.conftest import Case

from mgi_report.content.files import decode, read_text
from mgi_report.content.schema import ProfileFile
from mgi_report.content.validate import validate
from mgi_report.content.wordlist_schema import TermsFile
from mgi_report.content.yaml import MAX_DEPTH, YamlText, node_at, parse_yaml
from mgi_report.diagnostics import Rule, Span
from mgi_report.project import MemoryProject

CASES = "yaml.txt"
PATH = "profile.yml"


def test_profile(case: Case, golden: Callable[[str], None]) -> None:
    parsed = parse_yaml(case.input, PATH)
    found = list(parsed.diagnostics)
    if parsed.value:
        found += validate(parsed.value, ProfileFile).diagnostics
    golden("\n".join(map(str, found)))


def test_unknown_keys_do_not_hide_the_rest() -> None:
    parsed = parse_yaml("terms: []\ntrems: []\n", "terms.yml").value
    assert parsed
    checked = validate(parsed, TermsFile)
    assert checked.value is not None
    assert [found.rule for found in checked.diagnostics] == [Rule.KEY_IS_KNOWN]


@pytest.mark.parametrize(
    ("text", "word", "line", "column"),
    [
        ("a: one two", "two", 1, 8),
        ("a:   'one two'", "two", 1, 11),
        ('a: "one two"', "two", 1, 9),
        ("a: >-\n  one\n  two\n  three\nb: c", "three", 4, 3),
        ("a: |\n  one\n    two", "two", 3, 5),
        ("a: one\n  two three", "three", 2, 7),
        ('a: "one\n  two three"', "three", 2, 7),
        ("a: [b, 'one two']", "two", 1, 13),
        ("a: {b: y}", "y", 1, 8),
    ],
)
def test_each_word_of_a_text_has_its_place(text: str, word: str, line: int, column: int) -> None:
    root = parse_yaml(text, PATH).value
    assert root
    node = node_at(root, ("a", 1)) or node_at(root, ("a", "b")) or node_at(root, ("a",))
    assert isinstance(node, YamlText)
    assert node.places.at(node.text.index(word)) == Span(PATH, line, column)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_and_the_byte_order_mark_change_no_place(line_end: str) -> None:
    text = line_end.join(["id: a", "layout: b", "level: c", ""])
    decoded = decode(b"\xef\xbb\xbf" + text.encode(), PATH).value
    assert decoded is not None
    root = parse_yaml(decoded, PATH).value
    assert root
    assert [entry.span for entry in root.entries] == [Span(PATH, n, 1) for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"id: caf\xe9\n", 1, 8),
        ("id: mali".encode("utf-16"), 1, 1),
        (b"\x89PNG\r\n\x1a\n\x00", 1, 1),
        (b"\xef\xbb\xbfid: \xff", 1, 5),
    ],
)
def test_what_is_no_text_is_told(content: bytes, line: int, column: int) -> None:
    read = read_text(MemoryProject({PATH: content}), PATH)
    assert read.value is None
    (found,) = read.diagnostics
    assert (found.rule, found.span) == (Rule.FILE_IS_TEXT, Span(PATH, line, column))


def test_a_path_outside_the_project_is_told() -> None:
    (found,) = read_text(MemoryProject({}), "../secret").diagnostics
    assert found.rule == Rule.PATH_IS_INSIDE_PROJECT


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 50_000,
        "a: " + "{b: " * 50_000,
        "".join(f"{' ' * depth}a:\n" for depth in range(500)),
        "a: &a [x]\n" + "b: [*a, *a, *a, *a]\n" * 2000,
        "- " * 20_000,
        "a: " + '"' * 20_001,
        "\u2028: \u0085",
        "%YAML 9.9\n---\na: b",
        "a: 'b\n\n\n" * 1000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_nothing_hurts(text: str) -> None:
    start = time.perf_counter()
    parsed = parse_yaml(text, PATH)
    assert parsed.diagnostics or parsed.value
    assert time.perf_counter() - start < 5


def test_what_is_nested_too_deeply_is_told() -> None:
    (found,) = parse_yaml("a: " + "[" * (MAX_DEPTH + 1), PATH).diagnostics
    assert found.rule == Rule.YAML_PARSES
    assert str(MAX_DEPTH) in found.message


@pytest.mark.parametrize(
    ("text", "place", "lost"),
    [
        ("title: Some report #2 of 5\n", "1:20", "#2 of 5"),
        ("name:\n  en: Republic of Mali #1\n", "2:24", "#1"),
        ("- a #b\n", "1:5", "#b"),
        ("title: Some report\n  in two lines #2\n", "2:16", "#2"),
    ],
)
def test_what_is_lost_behind_a_space_and_a_hash_is_told(text: str, place: str, lost: str) -> None:
    said = [str(each) for each in parse_yaml(text, PATH).diagnostics]
    assert said[0] == (
        f'{PATH}:{place}: warning: "{lost}" is not part of the text: behind a space, # begins a '
        "remark. [yaml-parses]\n  Put the whole text in quotation marks, or write a space after # "
        "for a remark."
    )


@pytest.mark.parametrize(
    "text",
    ["a: b # a remark\n", "#b\na: b\n", "a: C#2\n", 'a: "b" #c\n', "a: |\n  b #c\n", "a: #b\n"],
)
def test_remarks_and_texts_that_are_whole_are_not_told(text: str) -> None:
    assert parse_yaml(text, PATH).diagnostics == ()


def test_a_list_without_its_key_is_told() -> None:
    (found,) = parse_yaml("- id: law\n", "sources.yml").diagnostics
    assert found.message == "The file begins with a list; the key that it belongs to is missing."
    assert '"references:" in sources.yml' in str(found.hint)
