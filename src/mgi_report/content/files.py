"""Text files, with a place for each way in which they fail to be text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from posixpath import dirname

from mgi_report.content.characters import Unwanted, unwanted, without
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.project import Barred, Project, Unreadable

_LINE_ENDS = re.compile(r"\r\n?")
_MERGE = re.compile(r"^(?:<{7}|>{7})(?=\s|$)", re.MULTILINE)
"""What git leaves behind where two people changed the same lines."""
MOST_BYTES = 1_000_000
"""Of a text file; a book of 300 pages has 600 000."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_text(project: Project, path: str) -> Outcome[str | None]:
    r"""Read a UTF-8 file: without a byte order mark, with "\n" at the end of each line.

    The value is None where there is no such file (without a diagnostic, for the caller knows
    whether that is wrong) or where it is not text. Characters that nobody sees are reported and
    left out, so that the rest is judged in the same run.
    """
    try:
        content = project.read(path)
    except Barred as error:
        return Outcome(None, (barred(error),))
    return Outcome(None) if content is None else decode(content, path)


def names_in(project: Project, folder: str) -> tuple[str, ...]:
    """Give the names in a folder, none where it cannot be looked into."""
    try:
        return project.folder(folder)
    except Barred:
        return ()


@lru_cache(maxsize=256)  # files that did not change are not looked through again
def decode(content: bytes, path: str) -> Outcome[str | None]:
    """Turn a file's bytes into text."""
    if len(content) > MOST_BYTES:
        message = f"The file has more than {MOST_BYTES // 1_000_000} megabyte of text."
        hint = "Look whether it is the right one; a chapter has a hundredth of that."
        return Outcome(None, (Diagnostic(Rule.FILE_IS_TEXT, message, Span(path), hint),))
    if content.startswith(_UTF_16_MARKS):
        message = "The file is saved as UTF-16."
        return Outcome(None, (_not_text(message, Span(path)),))
    content = content.removeprefix(_BYTE_ORDER_MARK)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        message = "A character here is not UTF-8; the file has another encoding, or is not text."
        return Outcome(None, (_not_text(message, _end_of(before, path)),))
    text = _LINE_ENDS.sub("\n", text)
    if mark := _MERGE.search(text):
        message = "Two versions of a passage stand here, one below the other."
        hint = "Keep the one that holds, and delete the lines with <<<<<<<, ======= and >>>>>>>."
        span = _end_of(text[: mark.start()], path)
        return Outcome(None, (Diagnostic(Rule.FILE_IS_MERGED, message, span, hint),))
    cleaned = clean(text, lambda offset: _end_of(text[:offset], path))
    return Outcome(cleaned.value, cleaned.diagnostics)


def salvage(content: bytes) -> str:
    """Turn into text what can be of a file that is no text, for the rest of it to be judged."""
    encoding = "utf-16" if content.startswith(_UTF_16_MARKS) else "utf-8"
    return content.decode(encoding, errors="ignore")


def clean(text: str, place: Callable[[int], Span]) -> Outcome[str]:
    """Take characters out of a text that nobody sees, and say each kind of them once.

    `place` gives where the character at an offset stands.
    """
    found = unwanted(text)
    kinds: dict[str, list[Unwanted]] = {}
    for each in found:
        kinds.setdefault(each.kind, []).append(each)
    return Outcome(without(text, found), tuple(_told(kind, place) for kind in kinds.values()))


def _told(kind: list[Unwanted], place: Callable[[int], Span]) -> Diagnostic:
    first, *more = kind
    hint = first.hint
    if more:
        places = f"{len(more)} more place{'s' if more[1:] else ''}"
        hint = f"{hint} It stands in {places}, next in line {place(more[0].offset).line}."
    return Diagnostic(Rule.FILE_IS_TEXT, first.message, place(first.offset), hint)


def barred(error: Barred, span: Span | None = None, rule: Rule = Rule.FILE_EXISTS) -> Diagnostic:
    """Say why nothing can be read at a path: there, or where the path is named."""
    place = span or Span(error.path)
    if not isinstance(error, Unreadable):
        return outside(error.path, place)
    name = error.path if error.path.isprintable() else ascii(error.path)[1:-1]
    message = f'"{name}" cannot be read: {error.reason}.'
    return Diagnostic(rule, message, place, _HINTS.get(error.reason, _HINTS[""]))


_NEEDS_FILE = "A file is needed here; put one in its place."
_HINTS = {
    "permission denied": "Give yourself the right to read it, and to open the folders it lies in.",
    "it is a folder": "A file is needed here; move or rename the folder.",
    "it is a device": _NEEDS_FILE,
    "it is a pipe between programs": _NEEDS_FILE,
    "it is a socket between programs": _NEEDS_FILE,
    "": "Look whether it is a file that other programs can open.",
}


def outside(path: str, span: Span) -> Diagnostic:
    """Say that a path leads out of the project."""
    message = f'The path "{path}" leads out of the project.'
    hint = "Copy the file into the project and name it by a path inside."
    # What no text names is found by its folder, which may be a link itself.
    cause = f"where {dirname(path)} leads" if span.file == path else ""
    return Diagnostic(Rule.PATH_IS_INSIDE_PROJECT, message, span, hint, cause=cause)


def _not_text(message: str, span: Span) -> Diagnostic:
    return Diagnostic(Rule.FILE_IS_TEXT, message, span, "Save the file as UTF-8.")


def _end_of(text: str, path: str) -> Span:
    lines = _LINE_ENDS.sub("\n", text).split("\n")
    return Span(path, len(lines), len(lines[-1]) + 1)
