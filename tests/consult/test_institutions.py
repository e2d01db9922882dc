"""A round that a dozen institutions answer, with fifty remarks each."""

from __future__ import annotations

import cProfile
from pathlib import Path

from tests.consult.institutions import EACH, sent_back
from tests.consult.many import INSTITUTIONS
from tests.consult.rounds import MALI, copied, proposals, sent

from mgi_report.consult.importing import import_file

CALLS = 4_000_000
"""Of functions, for all files: seconds depend on the machine. They were 2.5 million at first."""


def test_six_hundred_remarks_are_taken_in_with_little_work(
    round_folder: Path, tmp_path: Path
) -> None:
    project = copied(round_folder, tmp_path / "project")
    round_, content = sent(project)
    expected = {}
    for seed, _ in enumerate(INSTITUTIONS):
        file = round_folder / "out" / "mali-2021-en-round-1.docx"
        for number, block in enumerate(sent_back(file, tmp_path / f"{seed}.docx", seed)):
            expected[f"word-{seed}-{number}"] = content.blocks[block - 1].name
    profile = cProfile.Profile()
    for seed, name in enumerate(INSTITUTIONS):
        file = tmp_path / f"{seed}.docx"
        taken = profile.runcall(import_file, project, MALI, round_, content, file, name)
        assert taken.diagnostics == ()
        assert taken.value
        assert taken.value.new == EACH
    found = {(each.proposed + each.comment).split()[-1]: each for each in proposals(project)}
    assert {words: each.block for words, each in found.items()} == expected
    assert {each.institution for each in found.values()} == set(INSTITUTIONS)
    calls = sum(each.callcount for each in profile.getstats())
    assert calls < CALLS, f"{calls:,} calls"
