"""Step 2, resolve: something is printed under each heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from mgi_report.content.model import Block, Box, Document, Heading
from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.layout.model import FIRST_LEVEL, SectionSpec


def check_headings_say(spec: SectionSpec, printed: Document) -> Iterator[Diagnostic]:
    """Find headings with nothing under them, but for parts, of which step 1 tells."""
    yield from _bare(printed.blocks, FIRST_LEVEL if spec.parts else 0)


def _bare(blocks: Sequence[Block], told: int) -> Iterator[Diagnostic]:
    for block, after in zip_longest(blocks, blocks[1:]):
        if isinstance(block, Box):
            yield from _bare(block.blocks, 0)
        elif (
            isinstance(block, Heading)
            and block.level > told
            and (after is None or (isinstance(after, Heading) and after.level <= block.level))
        ):
            message = "Nothing stands under this heading."
            hint = "Write its text below it, or delete the heading."
            yield Diagnostic(Rule.SLOT_IS_FILLED, message, block.span, hint)
