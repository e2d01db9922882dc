"""A change of printed words becomes a change of a few characters of the source."""

import pytest

from mgi_report.consult.model import Block
from mgi_report.consult.printing import Printer
from mgi_report.consult.rewriting import rewrite
from mgi_report.consult.source import SourceFile, changed
from mgi_report.content.markdown.documents import parse_document
from mgi_report.content.model import Paragraph

CASES = [
    ("One *two* three.", "two", "2", "One *2* three."),
    ("One *two* three.", "two three", "2", "One 2."),
    ("One *two* three.", "*two", "", "One *two* three."),
    ("One [two](https://x.org) three.", "two", "2", "One [2](https://x.org) three."),
    ("One [two six](https://x.org).", "One two", "1 two", "1 [two six](https://x.org)."),
    ("(*deux*{lang=fr}).", "deux>", " and so on", "(*deux*{lang=fr} and so on)."),
    ("One *two six*, three.", "six", "", "One *two* , three."),
    ("One *two six* three.", "two", "", "One  *six* three."),
    ("One two.\nThree four.", "Three", "3", "One two.\n3 four."),
    ("One two.\nThree four.", "two. Three", "2", "One 2 four."),
    (r"A \*star\* here.", "star", "a*b", r"A \*a\*b\* here."),
    ("First.\r\nSecond.", "Second", "2nd", "First.\r\n2nd."),
    ("Call.[^a] More.\n\n[^a]: Note.", "More", "Less", "Call.[^a] Less.\n\n[^a]: Note."),
]


@pytest.mark.parametrize(("source", "words", "new", "expected"), CASES)
def test_only_the_words_change(source: str, words: str, new: str, expected: str) -> None:
    """`words>` stands for the place behind the words."""
    file = SourceFile.of("a.md", source.encode())
    document = parse_document(source.replace("\r\n", "\n"), "a.md").value
    paragraph = document.blocks[0]
    assert isinstance(paragraph, Paragraph)
    printer = Printer(file)
    printer.inline(paragraph.kids)
    text = "".join(piece.text for piece in printer.pieces)
    pieces, markup = tuple(printer.pieces), tuple(printer.markup)
    block = Block(1, "1 ¶1", "paragraph", "a", text, "a.md", 1, pieces=pieces, markup=markup)
    plain = words.rstrip(">").lstrip("*")
    start = text.index(plain)
    end = start + len(plain)
    if words.endswith(">"):
        start = end
    if words.startswith("*"):
        end = start
    assert changed(file, rewrite(block, start, end, new)) == expected
