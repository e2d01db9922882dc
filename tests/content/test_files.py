"""Step 1: what a file of text may be."""

from mgi_report.content.files import decode
from mgi_report.diagnostics import Rule, Span


def test_a_text_as_long_as_a_shelf_of_books_is_not_read() -> None:
    (found,) = decode(b"word " * 300_000, "a.md").diagnostics
    assert (found.rule, found.span) == (Rule.FILE_IS_TEXT, Span("a.md"))
    assert found.message == "The file has more than 1 megabyte of text."
