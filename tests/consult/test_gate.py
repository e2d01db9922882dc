"""Publishing: not while proposals are open, and not while the text calls itself a draft."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.consult.many import take_many
from tests.consult.rounds import CHAPTER, MALI, copied, proposals, sent

from mgi_report.cli import main
from mgi_report.consult.gate import unready
from mgi_report.consult.proposals import keep
from mgi_report.project import DiskProject

PROPOSALS = f"{MALI}/consultation/round-1/proposals.jsonl:1:1: error: "

pytestmark = pytest.mark.xdist_group("draft")  # the worker that has typeset the volume


@pytest.fixture
def project(round_folder: Path, tmp_path: Path) -> DiskProject:
    return copied(round_folder, tmp_path / "project")


def said(project: DiskProject, lang: str = "en") -> list[str]:
    return [str(each) for each in unready(project, MALI, [lang])]


@pytest.mark.parametrize(
    ("status", "what"),
    [
        ("open", "that nobody has decided about"),
        ("accepted", "that are accepted and not written into the source"),
        ("partly accepted", "that are accepted in part and not written into the source"),
        ("rejected", None),
        ("answered", None),
        ("applied", None),
    ],
)
def test_a_proposal_stands_in_the_way_until_it_is_settled(
    project: DiskProject, status: str, what: str | None
) -> None:
    take_many(project, 24)
    round_, _ = sent(project)
    keep(project, MALI, round_, [replace(e, status=status) for e in proposals(project)], [])
    told = said(project)
    assert len(told) == (what is not None)
    if what:
        assert told[0].startswith(f"{PROPOSALS}Round 1 has proposals {what} (24): ")


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("DRAFT", 1),
        ("[draft: figures to come]", 1),
        ("So. Not for citation!", 1),
        ("a draft law, not for citation; the draft law of 2019", 0),
        ("They may draft a policy.", 0),
        ("a draft law", 0),
        ("a redrafted law [drafting]", 0),
    ],
)
def test_a_mark_of_a_draft_is_found_at_its_line(
    project: DiskProject, words: str, marks: int
) -> None:
    path = project.root / CHAPTER
    text = path.read_text(encoding="utf-8").replace("Here ends", f"{words} Here ends")
    path.write_text(text.replace("[draft", r"\[draft"), encoding="utf-8")
    line = next(n for n, each in enumerate(text.splitlines(), start=1) if "Here ends" in each)
    start = f"{CHAPTER}:{line}:1: error: The text still says “"
    assert [each.startswith(start) for each in said(project)] == [True] * marks


def test_publish_writes_nothing_while_proposals_are_open(
    round_folder: Path, project: DiskProject
) -> None:
    shutil.copytree(round_folder / "build", project.root / "build")
    facts = project.root / MALI / "profile.yml"
    facts.write_text(facts.read_text("utf-8").replace("[en, fr]", "[en]"), encoding="utf-8")
    shutil.rmtree(project.root / MALI / "fr")
    # The words of the test lean as no house would have them.
    arguments = ["publish", str(project.root / MALI), "--allow", "house-style-is-kept"]
    out = project.root / "build/mali-2021/publish"

    take_many(project, 24)
    refused = CliRunner().invoke(main, arguments, standalone_mode=False)
    assert "Round 1 has proposals that nobody has decided about (24)" in refused.output
    assert refused.return_value == 1
    assert not out.exists()

    round_, _ = sent(project)
    keep(project, MALI, round_, [replace(e, status="rejected") for e in proposals(project)], [])
    done = CliRunner().invoke(main, arguments)
    assert out.is_dir(), done.output
    name = "pub2021-mali-mgi-second-profile"
    assert sorted(path.name for path in out.iterdir()) == [name, f"{name}.zip"], done.output
    assert (out / name / "data" / f"{name}.pdf").is_file()
