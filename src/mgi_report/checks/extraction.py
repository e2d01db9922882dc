"""Step 6, audit: text that is read out of the PDF has the words of its source.

The file is read as a search engine or a blind reader's program would, by pypdf, which had no part
in making it. Words are compared by their letters alone: lines break, figures are set in the
script of the language, and calls of notes stand between.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from unicodedata import normalize

from mgi_report.content.model import Block, Box, Heading, Profile, Quote
from mgi_report.content.walk import runs_of, text_of
from mgi_report.diagnostics import Diagnostic, Rule, Span

_NAMED = 3
"""How many words a message names."""
_LETTERS = re.compile(r"[^\W\d_]+")


def lacking(pdf: bytes, profile: Profile, sections: Iterable[str]) -> Iterator[Diagnostic]:
    """Tell once of words in the texts of sections that cannot be read out of their PDF.

    `profile` is one that step 2 has been through. Headings are left out: layouts shorten them.
    """
    wanted: Counter[str] = Counter()
    places: dict[str, Span] = {}
    for section in sections:
        document = profile.documents.get(section)
        if document is None:
            continue
        notes = [block for note in document.notes.values() for block in note.blocks]
        for block in _bodies([*document.blocks, *notes]):
            for run in runs_of([block]):
                for word in _words(text_of(run)):
                    wanted[word] += 1
                    places.setdefault(word, block.span)
    said = _said(pdf)
    # Letters of right-to-left scripts may come in the order in which they stand on the page.
    lost = [
        word for word, count in wanted.items() if said.count(word) + said.count(word[::-1]) < count
    ]
    if lost:
        more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
        named = ", ".join(f'"{word}"' for word in lost[:_NAMED])
        yield Diagnostic(
            Rule.TEXT_CAN_BE_EXTRACTED,
            f"Words of the text cannot be read out of the PDF: {named}{more}.",
            places[lost[0]],
            "Look how they come out when copied from the page; a font or a style sheet may be to "
            "blame.",
        )


def _bodies(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Heading():
                pass
            case Box() | Quote():
                yield from _bodies(block.blocks)
            case _:
                yield block


def _said(pdf: bytes) -> str:
    """Give all letters of a PDF."""
    from pypdf import PdfReader

    pages = PdfReader(BytesIO(pdf)).pages
    return "".join("".join(_words(page.extract_text())) for page in pages)


def _words(text: str) -> list[str]:
    return _LETTERS.findall(normalize("NFKC", text).casefold())
