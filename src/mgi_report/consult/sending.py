"""What is sent to reviewers: the Word file and the comment matrix of a round."""

from __future__ import annotations

from pathlib import Path

from mgi_report.consult.document import make_document
from mgi_report.consult.matrix import make_matrix
from mgi_report.consult.model import Content, Round
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
    for path, made in files.items():
        if digest_of_disk(path) != digest_of(made):
            write_whole(path, made)
    return tuple(files)
