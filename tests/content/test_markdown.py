"""Step 1: Markdown becomes a document in which everything has its place."""

import random
import time
from collections.abc import Callable, Iterable, Iterator

import pytest
from tests.conftest import Case
from tests.projects import ROOT

from mgi_report.content.markdown.documents import parse_document, parse_inline
from mgi_report.content.model import (
    Block,
    Box,
    Citation,
    CrossReference,
    Document,
    Emphasis,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    NoteCall,
    Paragraph,
    Phrase,
    Quote,
    SourceLink,
    Strong,
    Table,
    Text,
    Variable,
)
from mgi_report.content.walk import inlines_of
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span

CASES = "markdown.txt"
PATH = "content/x/en/a.md"


def test_document(case: Case, golden: Callable[[str], None]) -> None:
    document = parse_document(case.input, PATH)
    golden("\n".join([*dump_document(document.value), *map(dump_diagnostic, document.diagnostics)]))


# --- Places ---------------------------------------------------------------------------------


def test_every_text_of_the_real_content_stands_where_it_says() -> None:
    files = sorted(ROOT.glob("content/**/*.md"))
    assert len(files) > 10
    for file in files:
        text = file.read_text("utf-8")
        assert_places_hold(text, parse_document(text, PATH).value)


# fmt: off
PIECES = [
    "a", "*b*", "**c**", "_d_", "[e](https://x.org)", "[f]{lang=fr}", "[^g]", "[@h]", "[@h;@i]",
    "\\*", "&amp;", "<https://k.org>", "{{ l.m }}", "#", "##", "-", "1.", ">", "|", "|---|", ":::",
    "{.n}", "{", "}", "![o](p.png)", "<b>", "[q](@r)", "\t", "’", "“é”", "日本", "\\", "*", "**",
    "[", "]", "(", ")", " (@r)", "@h", "~~", "\n", "\n\n", "\n    ", "\n> ", "\n- ", "  \n",
]
# fmt: on


def test_every_text_of_scrambled_markdown_stands_where_it_says() -> None:
    chance = random.Random(2021)  # noqa: S311 - nothing is at stake
    for _ in range(1500):
        words = chance.choices(PIECES, k=25)
        text = "".join(word + chance.choice(["", " ", " "]) for word in words)
        assert_places_hold(text, parse_document(text, PATH).value)


def assert_places_hold(text: str, document: Document) -> None:
    lines = text.split("\n")
    notes = [block for note in document.notes.values() for block in note.blocks]
    for node in inlines_of([*document.blocks, *notes]):
        rest = lines[node.span.line - 1][node.span.column - 1 :]
        match node:
            case Text(written):
                # A special character may be written as an entity or with a backslash, and a
                # line's end is a space.
                assert written.rstrip() in rest or rest.startswith(("&", "\\")) or not rest, node
                if not rest.startswith(("&", "\\")):
                    assert rest.startswith(written.rstrip(" ")), node
            case Variable():
                assert rest.startswith("{{"), node
            case NoteCall(label):
                assert rest.startswith(f"[^{label}]"), node
            case Citation(key):
                assert rest.startswith(f"@{key}"), node
            case Emphasis():
                assert rest.startswith(("*", "_")), node
            case Strong():
                assert rest.startswith(("**", "__")), node
            case Link() | SourceLink() | CrossReference() | Phrase():
                assert rest.startswith(("[", "<", "*", "_")), node
            case LineBreak():
                pass


def test_a_text_in_yaml_begins_at_its_place() -> None:
    parsed = parse_inline("See [@a] and *b*", Span("x.yml", 7, 10))
    spans = {type(node).__name__: node.span.column for node in parsed.value}
    assert spans == {"Text": 18, "Citation": 15, "Emphasis": 23}


def test_a_footnote_cannot_be_called_in_yaml() -> None:
    (found,) = parse_inline("A[^b]", Span("x.yml", 7, 10)).diagnostics
    assert (found.rule, found.span) == (Rule.NOTE_IS_WRITTEN, Span("x.yml", 7, 11))


def test_windows_line_ends_change_nothing_because_the_file_is_read_without_them() -> None:
    assert parse_document("a[^b]\n\n[^b]: c\n", PATH).diagnostics == ()


# --- What could hurt ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "> " * 2000 + "a",
        "- " * 2000 + "a",
        "[" * 20000,
        "[^" * 10000,
        "[@" * 10000,
        "{" * 20000,
        "{{ " * 10000,
        "*a " * 5000,
        "*a **b " * 2000,
        "![" * 3000 + "a" + "](b.png)" * 3000,
        "[a](" * 5000,
        "<" * 20000,
        "::: a\n" * 300,
        "| a |\n|---|\n" + "| b |\n" * 3000,
        "[^a]: " * 500,
        "`" * 5000 + "a",
        "\\" * 5001,
        "&#0;&#x10FFFF;&#xD800;",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_nothing_hurts(text: str) -> None:
    start = time.perf_counter()
    document = parse_document(text, PATH)
    list(inlines_of(document.value.blocks))
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("text", ["> " * 60 + "a", "*a " * 30 + "b*" * 30])
def test_what_is_nested_too_deeply_is_told(text: str) -> None:
    assert any("deep" in found.message for found in parse_document(text, PATH).diagnostics)


def test_an_asterisk_without_partner_is_a_warning() -> None:
    (found,) = parse_document("3 * 4", PATH).diagnostics
    assert (found.severity, found.span) == (Severity.WARNING, Span(PATH, 1, 3))


# --- Writing documents down -----------------------------------------------------------------


def dump_document(document: Document) -> Iterator[str]:
    yield from dump_blocks(document.blocks, "")
    for note in document.notes.values():
        yield f"{place(note.span)} note {note.label}"
        yield from dump_blocks(note.blocks, "  ")


def dump_blocks(blocks: Iterable[Block], indent: str) -> Iterator[str]:
    for block in blocks:
        line = f"{indent}{place(block.span)} {type(block).__name__.lower()}"
        inside = f"{indent}  "
        match block:
            case Paragraph(kids, classes=classes):
                yield " ".join([line, *(f".{name}" for name in classes)])
                yield from dump_inlines(kids, inside)
            case Heading():
                named = [f"{name}={value}" for name, value in block.attributes.items()]
                yield " ".join([f"{line} {block.level} #{block.id}", *named])
                yield from dump_inlines(block.kids, inside)
            case ListBlock():
                kind = f"{block.style} from {block.start}" if block.ordered else "bullets"
                yield f"{line} {kind}"
                for item in block.items:
                    yield f"{inside}{place(item.span)} item"
                    yield from dump_blocks(item.blocks, f"{inside}  ")
            case Quote(inner):
                yield line
                yield from dump_blocks(inner, inside)
            case Box(name, inner):
                yield f"{line} {name}"
                yield from dump_blocks(inner, inside)
            case Figure():
                yield f"{line} {block.path} “{block.alt}”"
                yield from dump_inlines(block.caption, inside)
            case Table():
                yield f"{line} {' '.join(block.align)}"
                for row in (block.head, *block.rows):
                    yield f"{inside}row"
                    for cell in row:
                        yield f"{inside}  cell"
                        yield from dump_inlines(cell, f"{inside}    ")


def dump_inlines(kids: Iterable[Inline], indent: str) -> Iterator[str]:
    for node in kids:
        line = f"{indent}{place(node.span)} {type(node).__name__.lower()}"
        match node:
            case Text(text):
                yield f"{line} “{text}”"
            case Variable(name):
                yield f"{line} {name}"
            case NoteCall(label):
                yield f"{line} {label}"
            case Citation(key):
                yield f"{line} {key}"
            case LineBreak():
                yield line
            case Emphasis() | Strong() | Phrase():
                classes = node.classes if isinstance(node, Phrase) else ()
                named = [f"lang={node.lang}"] if node.lang else []
                yield " ".join([line, *named, *(f".{name}" for name in classes)])
                yield from dump_inlines(node.kids, f"{indent}  ")
            case Link():
                yield f"{line} {node.address}{' (printed)' if node.is_address else ''}"
                yield from dump_inlines(node.kids, f"{indent}  ")
            case CrossReference():
                yield f"{line} {node.target}"
                yield from dump_inlines(node.kids, f"{indent}  ")
            case SourceLink():
                yield f"{line} {node.key}"
                yield from dump_inlines(node.kids, f"{indent}  ")


def dump_diagnostic(found: Diagnostic) -> str:
    hint = f"\n  {found.hint}" if found.hint else ""
    assert found.span
    return f"{place(found.span)}: {found.severity}: {found.message} [{found.rule}]{hint}"


def place(span: Span) -> str:
    return f"{span.line}:{span.column}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("More.^[See the law of 2009.]", ["1:6 error A footnote is not written inside the text."]),
        ("More.^[See [the law](https://x.org).]", ["1:6 error A footnote is not written"]),
        ("More^[@law].", ["1:5 error A footnote is not written inside the text."]),
        ("A ^[^a].\n\n[^a]: B.", ["1:3 error A footnote is not written inside the text."]),
        ("H~2~O", ["1:2 error Words that are struck out"]),
        ("A ==mark==.", ["1:3 error Words that are struck out"]),
        ("\\newpage", ["1:1 error Commands of TeX"]),
        ("[toc]", ["1:1 error The layout makes the contents"]),
        ("[[_TOC_]]", ["1:1 error The layout makes the contents"]),
        ("In $E = mc$.", ["1:4 warning Formulas are not known here"]),
        ("From US$5 to US$7, or $ 5.", []),
        (":smile: at 10:30:20", ["1:1 warning Names of pictures"]),
        ("Wait...", ["1:5 warning Points in a row"]),
        ("Wait… (i) or (a).", []),
        ("#. First", ["1:1 error This is no item of a list."]),
        ("(@) First", ["1:1 error This is no item of a list."]),
        ("(a) First", ["1:1 warning This is no item of a list"]),
        ("a. First", ["1:1 warning This is no item of a list"]),
        ("| One\n", ["1:1 error This row belongs to no table."]),
        ("> [!NOTE]\n> Words.", ["1:3 error Boxes are not written in this way."]),
        ("Words\n=====", ["2:1 error Headings are not underlined here."]),
        ("See <https://x.org>.  \nNext", []),
        ("[a](" * 2000, ["1:3 error This link is not complete."]),
        ("## &nbsp;", ["1:1 error The heading has no words."]),
        ("&nbsp;", ["1:1 error The paragraph has no words."]),
        ("[\u00a0](https://x.org)", ["1:1 error The link has no words."]),
        ("1. A\n3. B\n9. C", ["2:1 error This item has the number 3, but 2 would be printed."]),
        ("3. A\n4. B\n\nC\n\n1. D\n1. E", []),
        ("{.lead}\n\nWords", ["1:1 error The attributes {.lead} belong to nothing."]),
        ("<!-- no --> [^a]\n\n[^a]: B.", ['1:1 error HTML such as "<!-- no -->" is not allowed.']),
        ("Words\n\n<!-- A", ["3:1 error This comment is not closed"]),
        ("<!-- A\n\nWords\n\n<!-- B -->", ["1:1 error This comment is not closed"]),
        ("<!-- A --> Words", ['1:1 error HTML such as "<!-- A -->" is not allowed.']),
        ("<div>\n\nWords\n\n</div>", ['1:1 error HTML such as "<div>" is not allowed.']),
        ("![**](a.png)", ["1:1 error The picture has no text"]),
        ("![\u00a0](a.png)", ["1:1 error The picture has no text"]),
    ],
)
def test_what_other_dialects_have_is_told(text: str, expected: list[str]) -> None:
    found = [
        f"{each.span.line}:{each.span.column} {each.severity} {each.message}"
        for each in parse_document(text, "a.md").diagnostics
        if each.span
    ]
    assert [told[: len(wanted)] for told, wanted in zip(found, expected, strict=True)] == expected
