"""What the commands of consultation print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mgi_report.consult.importing import Imported
    from mgi_report.consult.model import Content, Proposal, Round


def round_as_json(round_: Round) -> dict[str, object]:
    """Give the facts of a round for programs."""
    return {key: value for key, value in asdict(round_).items() if key != "boxes"}


def counted(imported: Imported) -> str:
    """Say how many of each kind a file brought."""
    kinds = ", ".join(
        f"{count} {kind}{'s' * (count != 1)}" for kind, count in imported.found.items()
    )
    unplaced = f", {imported.unplaced} of them unplaced" if imported.unplaced else ""
    total = sum(imported.found.values())
    return f"{imported.file}: {total} found ({kinds or 'nothing'}{unplaced}), {imported.new} new"


def lines_of(proposals: Sequence[Proposal], content: Content, clashing: set[str]) -> Iterable[str]:
    """Give proposals as lines to read, by block."""
    # Not at the top: each command of the program would load them.
    from mgi_report.consult.model import Kind
    from mgi_report.consult.places import is_shared

    blocks = content.by_name()
    last = None
    for each in proposals:
        if each.block != last:
            last = each.block
            block = blocks.get(each.block)
            place = f"{block.file}:{block.line}" if block else "belongs to no block"
            if block and is_shared(content.folder, block.file):
                place += "; other profiles read it, too"
            yield f"{each.block or '–'}  ({place})"
        clash = "  ! conflict" if each.id in clashing else ""
        who = ", ".join(name for name in (each.institution, each.author) if name)
        yield f"  {each.id}  {each.status}  {each.kind}  {who}{clash}"
        if each.target:
            yield f"      to stand behind {each.target}"
        elif each.kind in (Kind.COMMENT, Kind.FORMAT):
            if each.original:
                yield f"      on {_short(each.original)}"
            if not each.comment:
                yield "      comment: (without words)"
        elif each.original or each.proposed:
            yield f"      {_short(each.original)} → {_short(each.wanted)}"
        for label, words in (
            ("comment", each.comment),
            ("answer", each.answer),
            ("context", each.context),
        ):
            if words:
                yield f"      {label}: {_short(words, 200)}"
    counts = Counter(each.status for each in proposals)
    if proposals:
        yield f"{len(proposals)} proposal{'s' * (len(proposals) != 1)}: " + ", ".join(
            f"{n} {name}" for name, n in counts.items()
        )


def _short(words: str, most: int = 90) -> str:
    plain = words.replace("\n\n", " ¶ ").replace("\n", " ").replace("\t", " | ")
    if not plain:
        return "∅"
    return f"“{plain if len(plain) <= most else f'{plain[: most - 1]}…'}”"
