"""What LibreOffice sends back is found, placed and written as the reviewer meant it.

`make soak` does 200 reviews; the tests a sample of each kind.
"""

import os
from collections import Counter
from pathlib import Path

import pytest
from tests.consult.reviews import EVERY, Returned, Review, can_review, made_up, review_all
from tests.consult.rounds import copied, decided, proposals, sent, source, take_in, texts

from mgi_report.consult.model import Status
from mgi_report.project import DiskProject

REVIEWS = int(os.environ.get("MGI_REVIEWS", len(EVERY)))
AGAIN = 6
"""Of so many, one is saved once more."""
SEED = int(os.environ.get("MGI_SEED", "5"))

pytestmark = [
    pytest.mark.skipif(not can_review(), reason="LibreOffice with its Python bindings is not here"),
    pytest.mark.xdist_group("libreoffice"),
]


@pytest.fixture(scope="module")
def reviews(round_folder: Path) -> list[Review]:
    return made_up(sent(DiskProject(round_folder))[1], REVIEWS, SEED)


@pytest.fixture(scope="module")
def returned(
    round_folder: Path, reviews: list[Review], tmp_path_factory: pytest.TempPathFactory
) -> Returned:
    file = round_folder / "out" / "mali-2021-en-round-1.docx"
    return review_all(file, reviews, tmp_path_factory.mktemp("returned"), reviews[::AGAIN])


def test_each_edit_comes_back_in_its_block_and_is_written_as_meant(
    round_folder: Path, reviews: list[Review], returned: Returned, tmp_path: Path
) -> None:
    wrong = []
    for review in reviews:
        project = copied(round_folder, tmp_path / f"{review.name}.project")
        before = source(project)
        taken = take_in(project, returned.back[review.name])
        found = proposals(project)
        if not found or {each.block for each in found} != {review.block}:
            wrong.append(
                f"{review}: {[(e.block, e.kind, e.original, e.proposed) for e in found]}"
                f" {taken.diagnostics}"
            )
            continue
        assert take_in(project, returned.back[review.name]).value.new == 0  # type: ignore[union-attr]
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


def test_saving_again_in_libreoffice_changes_nothing(
    round_folder: Path, returned: Returned, tmp_path: Path
) -> None:
    for name, saved in returned.again.items():
        project = copied(round_folder, tmp_path / f"{name}.project")
        take_in(project, returned.back[name])
        assert take_in(project, saved).value.new == 0, name  # type: ignore[union-attr]
