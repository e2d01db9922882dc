"""Takes a returned file into the round: each thing in it becomes a proposal, none twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mgi_report.consult.looks import margins_changed
from mgi_report.consult.model import Content, Edit, Proposal, Round
from mgi_report.consult.proposals import as_proposals, in_reading_order, keep, read_proposals
from mgi_report.consult.returning import edits_in, label_finder, notices_of, share_placed
from mgi_report.consult.rounds import identity
from mgi_report.consult.sheet_reader import edits_in_book
from mgi_report.consult.word_reader import read_word
from mgi_report.consult.wording import filled, first_page_texts, margin_texts, read_wording
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Severity, Span
from mgi_report.office.package import Unsound, read_file
from mgi_report.office.remarks import Notice
from mgi_report.office.workbook import read_workbook
from mgi_report.project import DiskProject, digest_of

_ENOUGH = 0.2
"""Share of a document's words that the draft has, if it is that of the round."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a returned file brought."""

    file: str
    found: Mapping[str, int] = field(default_factory=dict)
    """How many of each kind."""
    new: int = 0
    """How many were not known yet."""
    unplaced: int = 0


def import_file(
    project: DiskProject,
    profile: str,
    round_: Round,
    content: Content,
    path: Path,
    institution: str,
) -> Outcome[Imported | None]:
    """Read a returned file and keep its proposals; where it is unsound, the round is untouched.

    Raises `OSError` where the round cannot be written.
    """
    span = Span(str(path))
    known = read_proposals(project, round_)
    if known.diagnostics:
        return Outcome(None, known.diagnostics)
    try:
        content_ = read_file(path)
        edits, notices = _edits(project, round_, content, content_, path.suffix.lower())
    except Unsound as unsound:
        wrong = Diagnostic(Rule.RETURNED_FILE_IS_SOUND, unsound.message, span, unsound.hint)
        return Outcome(None, (wrong,))
    like = " ".join(institution.split()).casefold()
    named = (each.institution for each in known.value)
    institution = next((each for each in named if each.casefold() == like), institution)
    made: list[Proposal] = []
    for name in dict.fromkeys(each for each, _ in edits):
        own = [edit for whose, edit in edits if whose == name]
        made += as_proposals(own, content, name or institution, path.name)
    ids = {each.id for each in known.value}
    fresh = [each for each in made if each.id not in ids]
    imported = Imported(
        file=str(path),
        found=dict(sorted(Counter(each.kind for each in made).items())),
        new=len(fresh),
        unplaced=sum(not each.block for each in made),
    )
    said = list(_said(made, fresh, notices, span))
    if fresh:
        keep(
            project,
            profile,
            round_,
            in_reading_order((*known.value, *fresh), content),
            [
                {
                    "what": "import",
                    "file": path.name,
                    "sha256": digest_of(content_),
                    "institution": institution,
                    "found": imported.found,
                    "new": imported.new,
                }
            ],
        )
    return Outcome(imported, tuple(said))


def _edits(
    project: DiskProject, round_: Round, content: Content, file: bytes, suffix: str
) -> tuple[Sequence[tuple[str, Edit]], tuple[Notice, ...]]:
    """Give what a file asks for, each with the institution that it names, and what to tell."""
    words = read_wording(project, content.folder, content.lang)
    mine = identity(content.profile, round_.number, content.lang)
    if suffix == ".xlsx":
        book = read_workbook(file)
        _check_identity([each for each in book.names if each.startswith("mgi_round_")], mine)
        ours = {filled(words["document.header"], round_, content), words["matrix.how"]}
        return edits_in_book(book, content, words, ours)
    if suffix == ".pdf":
        from mgi_report.consult.pdf_reader import read_pdf

        notes, notices, names = read_pdf(file, content, round_.boxes, mine)
        _check_identity(names, mine)
        return [("", each) for each in notes], notices
    if suffix != ".docx":
        raise Unsound(
            f"Files that end in {suffix or 'nothing'} are not read.",
            "Import .docx, .xlsx or .pdf; what is older can be saved anew in Word or LibreOffice.",
        )
    returned = read_word(file, label_finder(content))
    _check_identity(returned.identities, mine)
    if mine not in returned.identities and share_placed(content, returned) < _ENOUGH:
        raise Unsound(
            "The file is not the draft of this round: hardly any of its words were sent.",
            "Look whether it is that of another country or round, or another document.",
        )
    front = first_page_texts(words, round_, content)
    edits = [("", each) for each in edits_in(content, returned, front)]
    margins = margin_texts(words, round_, content)
    edits += [("", each) for each in margins_changed(returned, margins)]
    return edits, tuple(notices_of(content, returned))


def _check_identity(names: Sequence[str], mine: str) -> None:
    others = [each for each in names if each != mine]
    if others and mine not in names:
        stem = mine.rpartition("_")[2]
        if others[0].endswith(stem):
            number = others[0].split("_")[2]
            raise Unsound(f"The file is of round {number}.", f"Import it with --round {number}.")
        raise Unsound(
            "The file is of another profile, or of another language.",
            "Import it into the round of that profile.",
        )


def _said(
    made: Sequence[Proposal], fresh: Sequence[Proposal], notices: Sequence[Notice], span: Span
) -> Iterator[Diagnostic]:
    warn = Severity.WARNING
    unplaced = [each for each in fresh if not each.block]
    if not made and not notices:
        message = "There is nothing in the file that was not sent: no change and no comment."
        hint = "Look whether it is the file that they sent back."
        yield Diagnostic(Rule.RETURNED_FILE_SAYS_SOMETHING, message, span, hint, warn)
    elif made and not fresh:
        message = "All that is in the file is known already; nothing was added."
        yield Diagnostic(Rule.RETURNED_FILE_SAYS_SOMETHING, message, span, None, warn)
    elif unplaced:
        message = f"{len(unplaced)} of the proposals could not be placed; they are kept."
        hint = "See them with: consult list PROFILE --unplaced"
        yield Diagnostic(Rule.PROPOSAL_IS_PLACED, message, span, hint, warn)
    for each in notices:
        yield Diagnostic(Rule.RETURNED_FILE_IS_READ, each.message, span, each.hint, warn)
