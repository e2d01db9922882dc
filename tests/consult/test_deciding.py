"""Decisions: several at once, taken back, and made by several programs at the same time."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.consult.many import take_many
from tests.consult.rounds import MALI, copied, proposals, sent

from mgi_report.consult.deciding import Decision, decide
from mgi_report.consult.model import Edit, Kind, Proposal, Status
from mgi_report.consult.proposals import as_proposals, keep
from mgi_report.consult.rounds import alone
from mgi_report.project import DiskProject


@pytest.fixture
def project(round_folder: Path, tmp_path: Path) -> DiskProject:
    project = copied(round_folder, tmp_path / "project")
    take_many(project, 24)
    return project


def settle(project: DiskProject, *decisions: Decision) -> list[str]:
    """Decide; give what was said against it."""
    with alone(project, MALI):
        round_, _ = sent(project)
        done = decide(project, MALI, round_, proposals(project), decisions)
    return [each.message for each in done.diagnostics]


def by_id(project: DiskProject) -> dict[str, Proposal]:
    return {each.id: each for each in proposals(project)}


def log(project: DiskProject) -> list[dict[str, object]]:
    path = project.root / MALI / "consultation/round-1/log.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_several_decisions_are_one_write_and_an_entry_each(project: DiskProject) -> None:
    first, second = (each for each in proposals(project)[:2])
    said = settle(
        project,
        Decision(first.id, Status.ACCEPTED),
        Decision(second.id, Status.REJECTED, answer="No law says so."),
    )
    assert said == []
    now = by_id(project)
    assert now[first.id].status == "accepted"
    assert (now[second.id].status, now[second.id].answer) == ("rejected", "No law says so.")
    assert [(each["proposals"], each["status"]) for each in log(project)[1:]] == [
        ([first.id], "accepted"),
        ([second.id], "rejected"),
    ]


def test_of_several_decisions_all_are_made_or_none(project: DiskProject) -> None:
    first, *_ = before = proposals(project)
    comment = next(each for each in before if each.kind == "comment")
    said = settle(
        project, Decision(first.id, Status.ACCEPTED), Decision(comment.id, text="other words")
    )
    assert said == [f"Proposal {comment.id} asks for no other words, so none can be accepted."]
    assert proposals(project) == before
    assert len(log(project)) == 1


def test_both_halves_of_a_move_are_decided_together_unless_both_are_named(
    project: DiskProject,
) -> None:
    round_, content = sent(project)
    text = "Between the quotation"
    block = next(each for each in content.blocks if text in each.text)
    taken = Edit(Kind.MOVE, block.number, 0, text, "", pair=1)
    given = Edit(Kind.MOVE, block.number, 40, "", text, pair=1)
    halves = as_proposals([taken, given], content, "Ministry", "back.docx")
    keep(project, MALI, round_, halves, [])
    settle(project, Decision(halves[1].id, text="Between two quotations"))
    assert [(each.status, each.text) for each in proposals(project)] == [
        ("partly accepted", ""),
        ("partly accepted", "Between two quotations"),
    ]
    settle(
        project, Decision(halves[0].id, Status.ACCEPTED), Decision(halves[1].id, Status.REJECTED)
    )
    assert [each.status for each in proposals(project)] == ["accepted", "rejected"]


def test_who_decides_at_the_same_time_waits_and_nothing_is_lost(project: DiskProject) -> None:
    """Threads as in the browser's program, and the command line beside them."""
    ids = [each.id for each in proposals(project)]
    folder = project.root / MALI
    command = [sys.executable, "-m", "mgi_report", "consult", "decide", str(folder), ids[0]]
    process = subprocess.Popen([*command, "--reject"], stdout=subprocess.DEVNULL)

    def some(mine: list[str]) -> None:
        own = DiskProject(project.root)
        for name in mine:
            settle(own, Decision(name, Status.ACCEPTED))

    threads = [threading.Thread(target=some, args=[ids[1 + turn :: 3]]) for turn in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert process.wait() == 0
    now = by_id(project)
    assert now[ids[0]].status == "rejected"
    assert {now[name].status for name in ids[1:]} == {"accepted"}
    assert len(log(project)) == 1 + len(ids)


def test_who_holds_a_round_too_long_is_told_of(
    project: DiskProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mgi_report.writing.PATIENCE", 0.05)
    said: list[str] = []

    def try_it() -> None:
        try:
            with alone(DiskProject(project.root), MALI):
                pass
        except OSError as error:
            said.append(str(error.strerror))

    with alone(project, MALI):
        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join()
    assert said == ["Another program is writing there."]
