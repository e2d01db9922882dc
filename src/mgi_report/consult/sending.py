"""What is sent: to reviewers the Word file and the comment matrix, afterwards the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from mgi_report.consult.document import make_document
from mgi_report.consult.matrix import make_matrix
from mgi_report.consult.model import Content, Proposal, Round
from mgi_report.consult.wording import read_wording
from mgi_report.project import Project, digest_of, digest_of_disk
from mgi_report.writing import write_whole


def export(project: Project, content: Content, round_: Round, folder: Path) -> tuple[Path, ...]:
    """Write the files of a round into a folder, and give where they are.

    Raises `OSError` where they cannot be written.
    """
    words = read_wording(project, content.folder, content.lang)
    stem = f"{content.profile}-{content.lang}-round-{round_.number}"
    files = {
        folder / f"{stem}.docx": make_document(content, round_, words),
        folder / f"{stem}-comments.xlsx": make_matrix(content, round_, words),
    }
    return _written(files)


def answers(
    project: Project, content: Content, round_: Round, proposals: Sequence[Proposal], folder: Path
) -> tuple[Path, ...]:
    """Write the matrix of all proposals, with what became of them, and give where it is.

    Raises `OSError` where it cannot be written.
    """
    words = read_wording(project, content.folder, content.lang)
    name = f"{content.profile}-{content.lang}-round-{round_.number}-answers.xlsx"
    return _written({folder / name: make_matrix(content, round_, words, proposals)})


def _written(files: Mapping[Path, bytes]) -> tuple[Path, ...]:
    for path, made in files.items():
        if digest_of_disk(path) != digest_of(made):
            write_whole(path, made)
    return tuple(files)
