"""What was written into the source, kept so that it can be taken back: applied/1.json and on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mgi_report.consult.model import Proposal, Round
from mgi_report.consult.places import kept_as, path_of
from mgi_report.consult.proposals import changed_in, keep, with_status
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.project import DiskProject, digest_of


@dataclass(frozen=True, slots=True)
class Applied:
    """What was written."""

    proposals: tuple[Proposal, ...]
    files: tuple[str, ...]


def undo(
    project: DiskProject, profile: str, round_: Round, proposals: Sequence[Proposal]
) -> Outcome[Applied | None]:
    """Take back the last `apply` that has not been taken back."""
    for number in reversed(range(1, _count_records(project, round_) + 1)):
        path = f"{round_.folder}/applied/{number}.json"
        record = json.loads(project.read(path) or b"{}")
        if not record or record.get("undone"):
            continue
        known = {path_of(profile, name): kept for name, kept in record["files"].items()}
        files = {where: kept["before"].encode() for where, kept in known.items() if where}
        if len(files) < len(record["files"]):
            message = "The record was made by an earlier version, and cannot be read by this one."
            hint = "Take the files back from git or a copy."
            return Outcome(None, (Diagnostic(Rule.ROUND_IS_WHOLE, message, Span(path), hint),))
        for name in files:
            if digest_of(project.read(name) or b"") != known[name]["after"]:
                message = "The file has changed since the proposals were written into it."
                hint = "Take back the later change first, or edit the file by hand."
                wrong = Diagnostic(Rule.CHANGE_FITS, message, Span(name), hint)
                return Outcome(None, (wrong,))
        old = {
            each.id: with_status(each, record["proposals"][each.id])
            for each in proposals
            if each.id in record["proposals"]
        }
        done = {**record, "undone": True}
        keep(
            project,
            profile,
            round_,
            changed_in(proposals, old),
            [
                {
                    "what": "undo",
                    "proposals": list(old),
                    "files": [kept_as(profile, name) for name in files],
                }
            ],
            {**files, path: json.dumps(done, ensure_ascii=False, indent=1).encode()},
        )
        return Outcome(Applied(tuple(old.values()), tuple(files)))
    message = "Nothing has been applied that could be taken back."
    return Outcome(None, (Diagnostic(Rule.CHANGE_FITS, message, Span(round_.folder)),))


def record_path(project: DiskProject, round_: Round) -> str:
    """Give where the next record goes, in the project."""
    return f"{round_.folder}/applied/{_count_records(project, round_) + 1}.json"


def _count_records(project: DiskProject, round_: Round) -> int:
    return len(project.folder(f"{round_.folder}/applied"))


def record_of(
    project: DiskProject, profile: str, statuses: Mapping[str, str], files: Mapping[str, bytes]
) -> bytes:
    """Make the record of files about to be written, and of the proposals' statuses before."""
    kept = {
        kept_as(profile, path): {
            "before": (project.read(path) or b"").decode(),
            "after": digest_of(content),
        }
        for path, content in files.items()
    }
    entry = {"proposals": statuses, "files": kept}
    return json.dumps(entry, ensure_ascii=False, indent=1).encode()
