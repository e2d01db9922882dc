"""The proposals of a round, as they are kept: proposals.jsonl, one a line, and log.jsonl."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from hashlib import sha256

from mgi_report.consult.model import Content, Edit, Proposal, Round
from mgi_report.consult.rounds import journal_of
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.project import DiskProject, today
from mgi_report.writing import write_together

_FIELDS = {field.name: field for field in fields(Proposal)}
_ID = 8
"""Hexadecimal digits."""


def proposals_path(round_: Round) -> str:
    """Give the file of a round's proposals, in the project."""
    return f"{round_.folder}/proposals.jsonl"


def log_path(round_: Round) -> str:
    """Give the file that says who asked what, and what became of it."""
    return f"{round_.folder}/log.jsonl"


def read_proposals(project: DiskProject, round_: Round) -> Outcome[tuple[Proposal, ...]]:
    """Read the proposals of a round."""
    path = proposals_path(round_)
    found: list[Proposal] = []
    content = (project.read(path) or b"").decode(errors="replace")
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            found.append(Proposal(**{key: value for key, value in entry.items() if key in _FIELDS}))
        except (ValueError, TypeError, AttributeError):
            message = "This line is no proposal."
            hint = "Take the file back from git or a copy; it is written by mgi-report."
            wrong = Diagnostic(Rule.ROUND_IS_WHOLE, message, Span(path, number), hint)
            return Outcome((), (wrong,))
    return Outcome(tuple(found))


def keep(
    project: DiskProject,
    profile: str,
    round_: Round,
    proposals: Sequence[Proposal],
    happened: Iterable[Mapping[str, object]],
    more: Mapping[str, bytes] | None = None,
) -> None:
    """Write the proposals, what happened and other files, all or nothing.

    Raises `OSError` where they cannot be written.
    """
    log = project.read(log_path(round_)) or b""
    day = today()
    entries = (json.dumps({"date": day, **each}, ensure_ascii=False) for each in happened)
    added = "".join(f"{entry}\n" for entry in entries).encode()
    write_together(
        project.root,
        journal_of(profile),
        {
            proposals_path(round_): _file(proposals),
            log_path(round_): log + added,
            **(more or {}),
        },
    )
    project.begin()


def as_proposals(
    edits: Iterable[Edit], content: Content, institution: str, file: str
) -> list[Proposal]:
    """Make proposals of edits; the same edits make the same ids."""
    names = {block.number: block.name for block in content.blocks}
    seen: Counter[str] = Counter()
    made: list[Proposal] = []
    pairs: dict[int, str] = {}
    for edit in edits:
        author = edit.author if edit.tracked else ""
        facts = (
            institution,
            names.get(edit.block, ""),
            str(edit.kind),
            str(edit.at),
            edit.original,
            edit.proposed,
            edit.comment,
            author,
            edit.context,
        )
        key = "\0".join(facts)
        seen[key] += 1
        name = sha256(f"{key}\0{seen[key]}".encode()).hexdigest()[:_ID]
        if edit.pair:
            pairs.setdefault(edit.pair, name)
        made.append(
            Proposal(
                id=name,
                block=names.get(edit.block, ""),
                kind=str(edit.kind),
                institution=institution,
                author=edit.author,
                date=edit.date,
                original=edit.original,
                proposed=edit.proposed,
                comment=edit.comment,
                at=edit.at,
                target=names.get(edit.target, "") if edit.original == edit.proposed else "",
                pair=pairs.get(edit.pair, ""),
                tracked=edit.tracked,
                found=f"{file}, {edit.found}" if edit.found else file,
                context=edit.context,
            )
        )
    return made


def in_reading_order(proposals: Iterable[Proposal], content: Content) -> list[Proposal]:
    """Sort proposals as the draft is read; those without a place stand last."""
    order = {block.name: block.number for block in content.blocks}
    last = len(order) + 1
    return sorted(proposals, key=lambda each: (order.get(each.block, last), each.at))


def as_json(proposal: Proposal, content: Content) -> dict[str, object]:
    """Give a proposal as `consult list --format json` prints it."""
    block = content.by_name().get(proposal.block)
    return {
        **{key: value for key, value in asdict(proposal).items() if key != "text"},
        "accepted": proposal.text or None,
        "file": block.file if block else None,
        "line": block.line if block else None,
        "page": block.page if block else None,
    }


def _file(proposals: Iterable[Proposal]) -> bytes:
    lines = []
    for each in proposals:
        kept = {
            key: value
            for key, value in asdict(each).items()
            if key in ("id", "block", "kind", "institution", "original", "proposed", "status")
            or value != _FIELDS[key].default
        }
        lines.append(json.dumps(kept, ensure_ascii=False))
    return "".join(f"{line}\n" for line in lines).encode()


def changed_in(proposals: Sequence[Proposal], new: Mapping[str, Proposal]) -> tuple[Proposal, ...]:
    """Put changed proposals in the place of those with their ids."""
    return tuple(new.get(each.id, each) for each in proposals)


def with_status(proposal: Proposal, status: str) -> Proposal:
    """Give a proposal another status."""
    return replace(proposal, status=status)
