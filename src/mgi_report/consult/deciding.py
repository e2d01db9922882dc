"""Deciding about proposals: accepted, accepted in part, rejected, answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mgi_report.consult.hindrances import AGREED, can_be_written
from mgi_report.consult.model import Kind, Proposal, Round, Status
from mgi_report.consult.proposals import changed_in, keep, proposals_path
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span, nearest
from mgi_report.project import DiskProject


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided about one proposal; without `status` and `text` it is answered alone."""

    name: str
    """Id of the proposal, or the beginning of one."""
    status: Status | None = None
    text: str | None = None
    """What is accepted in place of what was proposed."""
    answer: str | None = None


def decide(
    project: DiskProject,
    profile: str,
    round_: Round,
    proposals: Sequence[Proposal],
    decisions: Sequence[Decision],
) -> Outcome[tuple[Proposal, ...] | None]:
    """Decide about proposals, and about those that make sense with them only: all, or none.

    Gives the proposals that were decided about. Raises `OSError` where the round cannot be
    written.
    """
    meant: list[tuple[Decision, Proposal]] = []
    for decision in decisions:
        found = _meant(proposals, decision, round_)
        if isinstance(found, Diagnostic):
            return Outcome(None, (found,))
        meant.append((decision, found))
    named = {chosen.id for _, chosen in meant}
    decided: dict[str, Proposal] = {}
    happened: list[Mapping[str, object]] = []
    for decision, chosen in meant:
        status = _status(decision, chosen)
        others = [
            each
            for each in proposals
            if chosen.pair
            and each.pair == chosen.pair
            and each.id not in named
            and each.status != Status.APPLIED
        ]
        for each in (chosen, *others):
            decided[each.id] = replace(
                each,
                status=str(status),
                text=decision.text or "" if each is chosen else "",
                answer=each.answer if decision.answer is None else decision.answer,
            )
        happened.append(
            {
                "what": "decide",
                "proposals": [each.id for each in (chosen, *others)],
                "status": str(status),
                **({"text": decision.text} if decision.text is not None else {}),
                **({"answer": decision.answer} if decision.answer else {}),
            }
        )
    keep(project, profile, round_, changed_in(proposals, decided), happened)
    return Outcome(tuple(decided.values()))


def _meant(
    proposals: Sequence[Proposal], decision: Decision, round_: Round
) -> Proposal | Diagnostic:
    """Find the proposal that is meant, or say why nothing can be decided about it so."""
    name = decision.name
    found = [each for each in proposals if each.id == name] or [
        each for each in proposals if name and each.id.startswith(name)
    ]
    if len(found) != 1:
        message = f'There is no proposal "{name}".'
        hint = nearest(name, [each.id for each in proposals])
        if found:
            message = f'Several proposals begin with "{name}".'
            hint = f"Write more of it: {', '.join(each.id for each in found[:6])}."
        return _wrong(message, hint or "See them with: consult list PROFILE", round_)
    chosen = found[0]
    if chosen.status == Status.APPLIED and (decision.status or decision.text is not None):
        message = f"Proposal {chosen.id} has been written into the source already."
        return _wrong(message, "Take that back first: consult undo", round_)
    if decision.text is not None and chosen.kind in (Kind.COMMENT, Kind.FORMAT):
        message = f"Proposal {chosen.id} asks for no other words, so none can be accepted."
        hint = "Answer it with --answer, or edit the source by hand."
        return _wrong(message, hint, round_)
    return chosen


def _status(decision: Decision, chosen: Proposal) -> Status:
    if decision.text is not None:
        return Status.PARTLY
    if decision.status is not None:
        return decision.status
    is_answered = (chosen.status == Status.OPEN and chosen.kind == Kind.COMMENT) or (
        chosen.status in AGREED and not can_be_written(chosen)  # it was written by hand
    )
    return Status.ANSWERED if is_answered else Status(chosen.status)


def _wrong(message: str, hint: str, round_: Round) -> Diagnostic:
    return Diagnostic(Rule.PROPOSAL_IS_KNOWN, message, Span(proposals_path(round_)), hint)
