"""What stands in the way of proposals that should be written, each with its place and a way out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from mgi_report.consult.model import Kind, Proposal, Status, conflicts
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span

SpanOf = Callable[[Proposal], Span]
"""Gives the place of a proposal in the source as it stands now."""

AGREED = (Status.ACCEPTED, Status.PARTLY)
_WRITTEN = (Kind.INSERTION, Kind.DELETION, Kind.REPLACEMENT, Kind.SPLIT, Kind.JOIN, Kind.MOVE)


def can_be_written(proposal: Proposal) -> bool:
    """Say whether the program can write such a proposal: a change of words in a known block."""
    return proposal.kind in _WRITTEN and bool(proposal.block)


def hindrances(proposals: Sequence[Proposal], profile: str, span_of: SpanOf) -> list[Diagnostic]:
    """Tell what keeps proposals from being written, or is still to be done by somebody."""
    agreed = [each for each in proposals if each.status in AGREED]
    return [
        *_quarrels([each for each in agreed if can_be_written(each)], profile, span_of),
        *_by_hand([each for each in agreed if not can_be_written(each)], profile, span_of),
        *_open(proposals, profile, span_of),
    ]


def _quarrels(chosen: Iterable[Proposal], profile: str, span_of: SpanOf) -> Iterator[Diagnostic]:
    for first, second in conflicts(chosen):
        message = (
            f"Proposals {first.id} ({first.institution}) and {second.id} "
            f"({second.institution}) change the same words of {first.block}."
        )
        hint = (
            f"Reject one: consult decide {profile} {second.id} --reject. "
            'Or accept one with a text that serves both: --text "…".'
        )
        yield Diagnostic(Rule.CHANGE_FITS, message, span_of(second), hint, Severity.ERROR)


def _by_hand(some: Iterable[Proposal], profile: str, span_of: SpanOf) -> Iterator[Diagnostic]:
    for each in some:
        what = {Kind.COMMENT: "is a comment", Kind.FORMAT: "changes a look"}.get(
            Kind(each.kind), "belongs to no block"
        )
        where = f" of {each.block}" if each.block else ""
        message = f"Proposal {each.id}{where} is accepted, but {what}, which only you can write."
        hint = (
            "Write into the source what is meant, and say so: "
            f'consult decide {profile} {each.id} --answer "Done."'
        )
        yield Diagnostic(Rule.CHANGE_FITS, message, span_of(each), hint, Severity.WARNING)


def _open(proposals: Sequence[Proposal], profile: str, span_of: SpanOf) -> Iterator[Diagnostic]:
    """Tell of open proposals: one by one where they clash with what is accepted, else in one."""
    undecided = [each for each in proposals if each.status == Status.OPEN]
    agreed = {each.id for each in proposals if each.status in AGREED}
    told: set[str] = set()
    rival = [*undecided, *(each for each in proposals if each.id in agreed)]
    for pair in conflicts(rival):
        for each, other in (pair, pair[::-1]):
            if each.status == Status.OPEN and other.id in agreed and each.id not in told:
                told.add(each.id)
                message = (
                    f"Proposal {each.id} ({each.institution}) is still open, and changes the same "
                    f"words of {each.block} as {other.id}, which is accepted."
                )
                hint = (
                    "Once that is written it no longer fits as it stands; decide about it: "
                    f"consult decide {profile} {each.id} --reject"
                )
                yield Diagnostic(Rule.CHANGE_FITS, message, span_of(each), hint, Severity.WARNING)
    rest = [each for each in undecided if each.id not in told]
    if rest:
        is_one = len(rest) == 1
        message = f"{len(rest)} proposal{'' if is_one else 's'} nobody has decided about; " + (
            f"it is {rest[0].id}" if is_one else f"the first is {rest[0].id}"
        )
        where = f" of {rest[0].block}." if rest[0].block else ", which belongs to no block."
        hint = f"See {'it' if is_one else 'them'} with: consult list {profile} --open"
        span = span_of(rest[0])
        yield Diagnostic(Rule.CHANGE_FITS, message + where, span, hint, Severity.WARNING)
