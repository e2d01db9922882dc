"""What LibreOffice sends back is found, placed and written as the reviewer meant it.

`make soak` does 200 reviews; the tests a sample of each kind.
"""

import os
from collections import Counter
from pathlib import Path

import pytest
from tests.consult.reviews import Review, can_review, made_up, review_all
from tests.consult.rounds import copied, decided, proposals, sent, source, take_in, texts

from mgi_report.consult.model import Status
from mgi_report.project import DiskProject

REVIEWS = int(os.environ.get("MGI_REVIEWS", "34"))
SEED = int(os.environ.get("MGI_SEED", "5"))

pytestmark = [
    pytest.mark.skipif(not can_review(), reason="LibreOffice with its Python bindings is not here"),
    pytest.mark.xdist_group("libreoffice"),
]


def test_each_edit_comes_back_in_its_block_and_is_written_as_meant(
    round_folder: Path, tmp_path: Path
) -> None:
    _, content = sent(DiskProject(round_folder))
    reviews = made_up(content, REVIEWS, SEED)
    back = review_all(round_folder / "out" / "mali-2021-en-round-1.docx", reviews, tmp_path)
    wrong = []
    for review in reviews:
        project = copied(round_folder, tmp_path / f"{review.name}.project")
        before = source(project)
        taken = take_in(project, back[review.name])
        found = proposals(project)
        if not found or {each.block for each in found} != {review.block}:
            wrong.append(
                f"{review}: {[(e.block, e.kind, e.original, e.proposed) for e in found]}"
                f" {taken.diagnostics}"
            )
            continue
        assert take_in(project, back[review.name]).value.new == 0  # type: ignore[union-attr]
        decided(project, Status.REJECTED)
        assert source(project) == before
        told = decided(project)
        expected = [" ".join(text.split()) for text in review.expected]
        got = texts(project)
        if (Counter(got) != Counter(expected)) if review.loose else got != expected:
            lines = [pair for pair in zip(got, expected, strict=False) if pair[0] != pair[1]][:1]
            wrong.append(
                f"{review.name} {review.edits} {review.block}: {lines} {told} "
                f"{[(e.kind, e.at, e.original, e.proposed) for e in found]}"
            )
    assert not wrong, f"{len(wrong)} of {len(reviews)}:\n" + "\n".join(wrong)


def test_saving_again_in_libreoffice_changes_nothing(round_folder: Path, tmp_path: Path) -> None:
    _, content = sent(DiskProject(round_folder))
    reviews = made_up(content, 6, 11)
    file = round_folder / "out" / "mali-2021-en-round-1.docx"
    back = review_all(file, reviews, tmp_path)
    for review in reviews:
        again = tmp_path / f"{review.name}-again"
        again.mkdir()
        saved = review_all(
            back[review.name], [Review(review.name, (), "", (), tracked=False)], again
        )
        project = copied(round_folder, tmp_path / f"{review.name}.project")
        take_in(project, back[review.name])
        assert take_in(project, saved[review.name]).value.new == 0, review  # type: ignore[union-attr]
