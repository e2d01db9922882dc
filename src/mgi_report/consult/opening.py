"""Opens a round: freezes what is sent, and gives each block its number and its place on a page."""

from __future__ import annotations

from collections.abc import Sequence

from mgi_report.consult.blocks import read_content
from mgi_report.consult.model import Block, Box, Round
from mgi_report.consult.places import kept_as
from mgi_report.consult.rounds import blocks_file, folder_of, recover, round_file, rounds_of
from mgi_report.consult.standing import printed_lines, stands
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span, has_errors
from mgi_report.pages.model import Leaf, Rectangle
from mgi_report.pages.store import Store
from mgi_report.progress import Progress
from mgi_report.project import DiskProject, Project, digest_of, today
from mgi_report.workshop import Workshop
from mgi_report.writing import write_folder


def open_round(
    project: DiskProject,
    profile: str,
    number: int | None = None,
    lang: str = "",
    progress: Progress | None = None,
) -> Outcome[Round | None]:
    """Freeze a profile's content, and give each block its number, for a new round.

    `profile` is its folder in the project; `number` the next one when None; `lang` the original
    language when empty. The pages are made, to know on which of them each block stands. Raises
    `OSError` where the round cannot be written.
    """
    recover(project, profile)
    there = rounds_of(project, profile)
    number = number or max(there, default=0) + 1
    folder = folder_of(profile, number)
    if number in there:
        message = f"Round {number} has been opened already."
        hint = f"Open the next one with --round {max(there) + 1}, or delete the folder {folder}."
        span = Span(f"{folder}/round.yml")
        return Outcome(None, (Diagnostic(Rule.ROUND_IS_WHOLE, message, span, hint),))
    content = read_content(project, profile, lang)
    if content.value is None or has_errors(content.diagnostics):
        return Outcome(None, content.diagnostics)
    files = _content_files(project, profile)
    made = Workshop.of(project, profile, content.value.lang, store=Store.of(project.root)).make(
        progress
    )
    if made.volume is None:
        return Outcome(None, made.diagnostics)
    boxes = _boxes(content.value.blocks, made.leaves)
    lines = printed_lines(stands(content.value.blocks, made.leaves), made.leaves)
    round_ = Round(
        number=number,
        profile=content.value.profile,
        lang=content.value.lang,
        opened=today(),
        folder=folder,
        files={name: digest_of(bytes_) for name, bytes_ in files.items()},
        boxes=boxes,
    )
    written = {
        "round.yml": round_file(round_),
        "blocks.jsonl": blocks_file(profile, content.value.blocks, boxes, lines),
        **{f"sent/{name}": bytes_ for name, bytes_ in files.items()},
    }
    write_folder(project.path(folder), written)
    return Outcome(round_, made.diagnostics)


def _content_files(project: Project, profile: str) -> dict[str, bytes]:
    """Give the files of content that were read, the profile's own and shared ones, as kept."""
    return {
        name: content
        for path, digest in sorted(project.reads.items())
        if digest
        and (name := kept_as(profile, path))
        and path.endswith((".md", ".yml"))
        and (content := project.read(path)) is not None
    }


def _rounded(rectangle: Rectangle) -> Rectangle:
    x0, y0, x1, y1 = (round(each, 1) for each in rectangle)
    return x0, y0, x1, y1


def _boxes(blocks: Sequence[Block], leaves: Sequence[Leaf]) -> dict[str, tuple[Box, ...]]:
    """Give where each block stands; one that is not found stands with the one before, all along."""
    folios = {leaf.section.id: leaf.folio for leaf in leaves}
    places = {
        name: [
            (folios[stand.section] + page, *_rounded(rectangle)) for page, rectangle in stand.places
        ]
        for name, stand in stands(blocks, leaves).items()
    }
    first = {leaf.section.id: (leaf.folio, 0.0, 0.0, 0.0, 0.0) for leaf in leaves}
    found: dict[str, tuple[Box, ...]] = {}
    before: tuple[str, Box | None] = ("", None)
    for block in blocks:
        own = places.get(block.name)
        if not own:
            last = before[1] if before[0] == block.section else first.get(block.section)
            own = [(last[0], 0.0, 0.0, 0.0, 0.0)] if last else []
        found[block.name] = tuple(sorted(own))
        before = (block.section, own[-1] if own else None)
    return found
