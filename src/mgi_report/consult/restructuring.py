"""Changes of whole blocks in the source: added, divided, joined, moved, taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mgi_report.consult.model import Block
from mgi_report.consult.rewriting import (
    DoesNotFit,
    beginning,
    ending,
    escaped,
    rewrite,
    written,
)
from mgi_report.consult.source import Change, SourceFile
from mgi_report.consult.tabling import with_rows

_PREFIX = re.compile(r"[ \t]*(?:>[ \t]*)*(?:[-*+]|\d{1,9}[.)])?[ \t]*")
_NUMBER = re.compile(r"([ \t>]*)(\d{1,9})([.)])")
_ATTRIBUTES = re.compile(r"[ \t>]*\{[^{}\n]*\}[ \t]*")
_ATTRIBUTE_LINE = re.compile(rf"^{_ATTRIBUTES.pattern}$", re.MULTILINE)
_NOTE = re.compile(r"\[\^[^\]]+\]:[ \t]*")
_NEW_NOTE = re.compile(r"\^\[((?:[^\[\]]|\[[^\]]*\])*)\]")


def put(block: Block, file: SourceFile, start: int, end: int, new: str) -> list[Change]:
    """Put words in the place of others; "\n\n" in them divides the block. Raises `DoesNotFit`."""
    if "\n\n" not in new:
        return rewrite(block, start, end, new)
    if block.kind == "source":
        raise DoesNotFit(
            "a new source needs an entry of its own, with author, year and title; "
            "add one to the file and mark the proposal as answered; it is kept until then"
        )
    if block.kind == "caption" or block.manner.quote:
        raise DoesNotFit("a new paragraph cannot stand there")
    if not block.file.endswith(".md"):
        raise DoesNotFit(
            "a new paragraph cannot stand in this file, which has a text for each place"
        )
    parts = [part.strip(" \n") for part in new.split("\n\n")]
    text = block.text
    while start and text[start - 1] == " ":
        start -= 1
    while end < len(text) and text[end] == " ":
        end += 1
    if start == end == len(text) and not parts[0]:
        place = file.line_end(ending(block))
        if any("\t" in part for part in parts) or block.kind == "row":
            return [with_rows(block, file, [part for part in parts if part])]
        added = _apart(block, file, ["", *(_line(part, block) for part in parts[1:] if part)])
        return [Change(place, place, added), *_renumbered(block, file, len(parts) - 1)]
    if start == end == 0 and not parts[-1]:
        place = _top(block, file)
        marks = file.text[file.line_start(beginning(block)) : beginning(block)]
        if block.kind == "item":
            return _items_before(block, file, [part for part in parts if part])
        added = "".join(
            f"{marks if not _NOTE.search(marks) else ''}{_line(part, block)}\n\n"
            for part in parts
            if part
        )
        return [Change(place, place, added)]
    if block.kind in ("heading", "row"):
        raise DoesNotFit(f"a {block.kind} is one line")
    parts = [part.strip() for part in parts]
    words = [written(part, block, starts=False) if part else "" for part in parts]
    changes = rewrite(block, start, end, "\0" if start == end else "")
    first = changes[0]
    joined = _apart(block, file, words)
    return [
        Change(first.start, first.end, joined),
        *changes[1:],
        *_renumbered(block, file, len(parts) - 1),
    ]


def _items_before(block: Block, file: SourceFile, items: Sequence[str]) -> list[Change]:
    start = file.line_start(beginning(block))
    marks = file.text[start : beginning(block)]
    number = _NUMBER.match(marks)
    if not number:
        added = "".join(f"{marks}{_line(item, block)}\n" for item in items)
        return [Change(start, start, added)]
    first = int(number[2])
    added = "".join(
        f"{number[1]}{count}{number[3]} {_line(item, block)}\n"
        for count, item in enumerate(items, start=first)
    )
    at = start + len(number[1])
    return [
        Change(start, start, added),
        Change(at, at + len(number[2]), str(first + len(items))),
        *_renumbered(block, file, len(items)),
    ]


def take_away(block: Block, file: SourceFile) -> list[Change]:
    """Take a whole block out of a Markdown file. Raises `DoesNotFit`."""
    start, end = extent(block, file)
    return [Change(start, end, ""), *_renumbered(block, file, -1)]


def join(block: Block, following: Block, file: SourceFile, between: str) -> list[Change]:
    """Let a block go on with the next one. Raises `DoesNotFit`."""
    if block.file != following.file or not block.file.endswith(".md"):
        raise DoesNotFit("the two stand in different places of the source")
    if {block.kind, following.kind} & {"heading", "row", "source", "note", "caption"}:
        raise DoesNotFit("only paragraphs and items of lists can be joined")
    start, end = ending(block), beginning(following)
    between_them = _ATTRIBUTE_LINE.sub("", file.text[start:end])
    if between_them.strip(" \t\r\n>-*+0123456789.)"):
        raise DoesNotFit("something stands between the two in the source")
    text = escaped(between.replace("\n\n", " ")) or ""
    return [Change(start, end, text), *_renumbered(following, file, -1)]


def move(
    block: Block, file: SourceFile, behind: Block | None, there: SourceFile | None
) -> list[tuple[str, Change]]:
    """Move a block behind another one, in its file or another. Raises `DoesNotFit`."""
    if behind is None or there is None:
        raise DoesNotFit("there is no block behind which it could stand")
    if not (block.file.endswith(".md") and behind.file.endswith(".md")):
        raise DoesNotFit("it stands in a file that has a text for each place")
    if block.kind in ("row", "note", "source") or behind.kind in ("row", "note", "source"):
        raise DoesNotFit("it cannot be moved between such places")
    start, end = extent(block, file)
    words = file.text[start:end].strip("\r\n")
    place = there.line_end(ending(behind))
    gap = "\n" if block.kind == behind.kind == "item" else "\n\n"
    text = gap + words.replace("\r\n", "\n")
    return [(block.file, Change(start, end, "")), (behind.file, Change(place, place, text))]


def extent(block: Block, file: SourceFile) -> tuple[int, int]:
    """Give the lines of a block, with the attributes above it and the empty line below it."""
    if not block.file.endswith(".md"):
        raise DoesNotFit("the layout needs a text there; write another one in its place")
    top, last = _top(block, file), file.line_end(ending(block))
    after = re.compile(r"(?:\r\n?|\n)").match(file.text, last)
    end = after.end() if after else last
    if block.kind not in ("item", "row"):
        blank = re.compile(r"(?:[ \t]*(?:\r\n?|\n))+").match(file.text, end)
        if blank:
            return top, blank.end()
        before = re.search(r"(?:\r\n?|\n)(?:[ \t]*(?:\r\n?|\n))+$", file.text[:top])
        if end == len(file.text) and before:
            return before.start(), last if after is None else end - len(after[0])
    return top, end


def with_new_notes(
    text: str, file: SourceFile, taken: Sequence[str]
) -> tuple[str, list[Change], dict[str, str]]:
    """Write `^[words]` as calls of footnotes at the end of the file.

    Gives the text with calls, the changes, and the words by label.
    """
    labels: dict[str, str] = {}

    def call(found: re.Match[str]) -> str:
        stem = "-".join(re.findall(r"[^\W_]+", found[1].casefold())[:2]) or "note"
        label, count = stem, 1
        while label in taken or label in labels:
            count += 1
            label = f"{stem}-{count}"
        labels[label] = found[1].strip()
        return f"[^{label}]"

    called = _NEW_NOTE.sub(call, text)
    if not labels:
        return text, [], {}
    if not file.path.endswith(".md"):
        raise DoesNotFit("a footnote cannot stand in this file")
    end = len(file.text.rstrip())
    added = "".join(f"\n\n[^{label}]: {escaped(words)}" for label, words in labels.items())
    return called, [Change(end, end, added)], labels


def _top(block: Block, file: SourceFile) -> int:
    """Give where a block's lines begin, with the attributes above."""
    top = file.line_start(beginning(block))
    line = file.line_of(top)
    if line > 1 and _ATTRIBUTES.fullmatch(
        file.text[file.starts[line - 2] : file.line_end(file.starts[line - 2])]
    ):
        return file.starts[line - 2]
    return top


def _apart(block: Block, file: SourceFile, texts: Sequence[str]) -> str:
    """Write texts as blocks of a kind, one below the other; the first goes on with the block."""
    later = (_gap(block, file, count) + text for count, text in enumerate(texts[1:], start=1))
    return "".join((texts[0], *later))


def _gap(block: Block, file: SourceFile, count: int) -> str:
    """Give what stands before the new block of a kind that is so many below it."""
    first = beginning(block)
    prefix = file.text[file.line_start(first) : first]
    if block.kind == "note":
        return "\n\n    "
    if block.kind == "item":
        number = _NUMBER.match(prefix)
        return f"\n{number[1]}{int(number[2]) + count}{number[3]} " if number else f"\n{prefix}"
    if block.kind == "heading":
        return "\n\n"
    return f"\n\n{prefix}" if not prefix.strip() else "\n\n" + " " * len(prefix)


def _line(text: str, block: Block) -> str:
    return written(text, block, starts=True)


def _renumbered(block: Block, file: SourceFile, by: int) -> Iterator[Change]:
    """Count the items behind one in a numbered list anew."""
    if block.kind != "item" or not block.mark[:-1].isdigit() or not by:
        return
    line = file.line_of(ending(block))
    prefix = _NUMBER.match(file.text[file.line_start(beginning(block)) :])
    while prefix and line < len(file.starts):
        start = file.starts[line]
        found = _NUMBER.match(file.text, start)
        words = file.text[start : file.line_end(start)]
        line += 1
        if found and found[1] == prefix[1]:
            number = str(int(found[2]) + by)
            yield Change(found.start(2), found.end(2), number)
        elif not words.strip() or not words.startswith((" ", "\t")):
            return
