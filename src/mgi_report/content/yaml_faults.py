"""What keeps a YAML file from being read, in an editor's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml as pyyaml

from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span

_PLAINLY = (
    (
        "mapping values are not allowed here",
        "A colon stands here where no key can be, or the line is indented wrongly.",
        'Put a text that holds ": " in quotation marks, and indent the keys of a mapping alike.',
    ),
    (
        "'\\t' that cannot start any token",
        "A tab stands here.",
        "YAML is indented with spaces only.",
    ),
    (
        "that cannot start any token",
        "A text cannot begin with this character.",
        "Put the text in quotation marks.",
    ),
    (
        "could not find expected ':'",
        "A key without its colon stands here, or a text goes on where a key should be.",
        "A text of several lines is indented further than its key.",
    ),
    (
        "unexpected end of stream",
        "The file ends inside a text in quotation marks.",
        "Close the quotation marks.",
    ),
    (
        "found unknown escape character",
        "After a backslash in quotation marks stands a character that has no meaning there.",
        "Write two backslashes, or use single quotation marks.",
    ),
    (
        "invalid Unicode character escape code",
        "This escape stands for no character.",
        "Type the character itself.",
    ),
    (
        "expected alphabetic or numeric character",
        "A text cannot begin with & or *.",
        "Put the text in quotation marks.",
    ),
    (
        "expected <block end>",
        "This line does not belong to what stands above it.",
        "The keys of a mapping, and the dashes of a list, stand exactly below each other.",
    ),
    (
        "expected ',' or",
        "This bracket or brace is not closed, or a comma is missing inside.",
        "Put a text that holds a comma, a bracket or a brace in quotation marks.",
    ),
    (
        "special characters are not allowed",
        "A character stands here that YAML does not allow.",
        "Delete it.",
    ),
)


_KEY = re.compile(r"^[ \t]*(- )?[\w-]+:( |$)", re.MULTILINE)
"""What begins a line of a mapping, and is seldom in a text."""


_REMARK = re.compile(r"[ \t]+(#\w[^\n]*)")
"""What is no text any more behind a text without quotation marks, though it may be meant so."""


def remark_behind(lines: list[str], line: int, column: int, file: str) -> Iterator[Diagnostic]:
    """Find what is lost behind a text that ends there, line and column from 0: "Report #2 of 5"."""
    match = _REMARK.match(lines[line], column) if line < len(lines) else None
    if match:
        message = (
            f'"{match[1].rstrip()}" is not part of the text: behind a space, # begins a remark.'
        )
        hint = "Put the whole text in quotation marks, or write a space after # for a remark."
        place = Span(file, line + 1, match.start(1) + 1)
        yield Diagnostic(Rule.YAML_PARSES, message, place, hint, Severity.WARNING)


_ENDS_TOO_EARLY = {
    "'": 'Put a text that holds an apostrophe in double quotation marks: "Côte d\'Ivoire".',
    '"': "Type the quotation marks “ ” inside the text, or put it in single ones: 'the \"best\"'.",
}


def _misquoted(text: str, file: str) -> Diagnostic | None:
    """Find the first quotation mark that swallows keys, or that ends a text in its middle.

    The next mark, pages below, ends what the one opens, so that the parser stumbles only there.
    """
    quoted = None
    try:
        for token in pyyaml.scan(text, Loader=pyyaml.SafeLoader):
            start, end = token.start_mark, token.end_mark
            if quoted and isinstance(token, pyyaml.ScalarToken) and _goes_on(text, quoted, token):
                span = Span(file, quoted.end_mark.line + 1, quoted.end_mark.column)
                message = "This quotation mark ends the text, but more of it follows."
                hint = _ENDS_TOO_EARLY[quoted.style]
                return Diagnostic(Rule.YAML_PARSES, message, span, hint)
            quoted = None
            if isinstance(token, pyyaml.ScalarToken) and token.style in ("'", '"'):
                quoted = token
                _, _, below = text[start.index : end.index].partition("\n")
                if _KEY.search(below):
                    message = "This quotation mark is not closed before the next key."
                    span, hint = (
                        Span(file, start.line + 1, start.column + 1),
                        "Close the quotation marks.",
                    )
                    return Diagnostic(Rule.YAML_PARSES, message, span, hint)
    except (pyyaml.YAMLError, ValueError):  # told by the parser in its own way
        pass
    return None


def _goes_on(text: str, quoted: Any, token: Any) -> bool:
    """Say whether a text without quotation marks belongs to the one before it.

    It does where nothing stands between them, or where it has the mark that was to be the last.
    """
    if token.style or token.start_mark.line != quoted.end_mark.line:
        return False
    rest = text[quoted.end_mark.index :].partition("\n")[0]
    return not rest.startswith(" ") or rest.count(quoted.style) % 2 == 1


def syntax_error(error: pyyaml.YAMLError, text: str, file: str) -> Diagnostic:
    """Say what keeps a file from being read."""
    if misquoted := _misquoted(text, file):
        return misquoted
    problem, line, column = str(error), 0, 0
    if isinstance(error, pyyaml.MarkedYAMLError):
        problem = error.problem or error.context or problem
        mark = error.problem_mark or error.context_mark
        if any(sign in problem for sign in ("end of stream", "expected ',' or")):
            # What was opened says more than the place at which it became clear.
            mark = error.context_mark or mark
        if mark:
            line, column = mark.line, mark.column
    elif isinstance(error, pyyaml.reader.ReaderError):
        problem = error.reason
        before = text[: error.position]
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    span = Span(file, line + 1, column + 1)
    for sign, message, hint in _PLAINLY:
        if sign in problem:
            return Diagnostic(Rule.YAML_PARSES, message, span, hint)
    return Diagnostic(Rule.YAML_PARSES, f"This is not YAML: {problem}.", span)
