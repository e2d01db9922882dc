"""Deciding about proposals: accepted, accepted in part, rejected, answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mgi_report.consult.model import Kind, Proposal, Round, Status
from mgi_report.consult.proposals import changed_in, keep, proposals_path
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span, nearest
from mgi_report.project import DiskProject


def decide(
    project: DiskProject,
    profile: str,
    round_: Round,
    proposals: Sequence[Proposal],
    name: str,
    *,
    status: Status | None,
    text: str | None = None,
    answer: str | None = None,
) -> Outcome[tuple[Proposal, ...] | None]:
    """Decide about a proposal, and about those that make sense with it only.

    `name` is its id or the beginning of one; `text` is what is accepted in place of what was
    proposed; without `status` and `text` the answer alone is kept. Gives the proposals that were
    decided about. Raises `OSError` where the round cannot be written.
    """
    meant = [each for each in proposals if each.id == name] or [
        each for each in proposals if name and each.id.startswith(name)
    ]
    if len(meant) != 1:
        message = f'There is no proposal "{name}".'
        hint = nearest(name, [each.id for each in proposals])
        if meant:
            message = f'Several proposals begin with "{name}".'
            hint = f"Write more of it: {', '.join(each.id for each in meant[:6])}."
        hint = hint or "See them with: consult list PROFILE"
        return Outcome(None, (_wrong(message, hint, round_),))
    chosen = meant[0]
    if chosen.status == Status.APPLIED and (status or text is not None):
        message = f"Proposal {chosen.id} has been written into the source already."
        return Outcome(None, (_wrong(message, "Take that back first: consult undo", round_),))
    if text is not None:
        status = Status.PARTLY
        if chosen.kind in (Kind.COMMENT, Kind.FORMAT):
            message = f"Proposal {chosen.id} asks for no other words, so none can be accepted."
            hint = "Answer it with --answer, or edit the source by hand."
            return Outcome(None, (_wrong(message, hint, round_),))
    if status is None:
        status = (
            Status.ANSWERED
            if chosen.status == Status.OPEN and (chosen.kind == Kind.COMMENT)
            else Status(chosen.status)
        )
    others = [each for each in proposals if chosen.pair and each.pair == chosen.pair]
    decided = {
        each.id: replace(
            each,
            status=str(status),
            text=text or "" if each is chosen else "",
            answer=each.answer if answer is None else answer,
        )
        for each in (chosen, *(each for each in others if each is not chosen))
    }
    keep(
        project,
        profile,
        round_,
        changed_in(proposals, decided),
        {
            "what": "decide",
            "proposals": list(decided),
            "status": str(status),
            **({"text": text} if text is not None else {}),
            **({"answer": answer} if answer else {}),
        },
    )
    return Outcome(tuple(decided.values()))


def _wrong(message: str, hint: str, round_: Round) -> Diagnostic:
    return Diagnostic(Rule.PROPOSAL_IS_KNOWN, message, Span(proposals_path(round_)), hint)
