"""Many profiles at once: all that can be built is, the same as one by one, and nothing is lost."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from tests.batch.profiles import write_profiles

from mgi_report.batch.model import Done, Job
from mgi_report.batch.shards import Shard
from mgi_report.batch.workers import Workers
from mgi_report.steps import build
from mgi_report.writing import held

COUNT = 12
PATIENCE = 300.0

pytestmark = pytest.mark.xdist_group("batch")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a dozen profiles in one batch, one of them broken."""
    root = tmp_path_factory.mktemp("batch")
    folders = write_profiles(root / "content", COUNT)
    (root / "content/shared").mkdir()
    (root / "content/README").write_text("no profile", "utf-8")
    facts = folders[5] / "profile.yml"
    facts.write_text(facts.read_text("utf-8").replace("\nlevel:", "\nlevle:"), "utf-8")
    done = command(root, "--jobs", "2")
    assert done.returncode == 1, done.stderr
    (root / "said").write_text(done.stderr, "utf-8")
    return root


def command(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    paths = sorted(path.relative_to(root).as_posix() for path in (root / "content").iterdir())
    return subprocess.run(
        [sys.executable, "-m", "mgi_report", "build", *paths, *options],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


def report(root: Path, name: str = "all") -> dict[str, object]:
    found: dict[str, object] = json.loads((root / f"build/batch/{name}.json").read_text("utf-8"))
    return found


def pdfs(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((root / "build").rglob("*.pdf"))}


def alone(root: Path, tmp_path: Path) -> dict[str, bytes]:
    """Build the same profiles one by one, from nothing."""
    shutil.copytree(root / "content", tmp_path / "content")
    for folder in sorted((tmp_path / "content").glob("place-*")):
        build(folder, jobs=1)
    return pdfs(tmp_path)


def test_one_broken_profile_keeps_no_other_from_being_built(built: Path) -> None:
    said = (built / "said").read_text("utf-8")
    assert said.count(": error: ") == 1
    assert "place-5-2024/profile.yml" in said
    assert f"{COUNT - 1} profiles built" in said.splitlines()[-1]
    assert "1 with errors: place-5-2024" in said.splitlines()[-1]
    assert len(pdfs(built)) == COUNT - 1


def test_each_pdf_is_what_a_build_of_its_own_makes(built: Path, tmp_path: Path) -> None:
    assert pdfs(built) == alone(built, tmp_path)


def test_the_report_says_what_became_of_each_and_what_it_took(built: Path) -> None:
    found = report(built)
    assert found["built"] == COUNT
    assert found["wrong"] == 1
    profiles = found["profiles"]
    assert isinstance(profiles, list)
    assert len(profiles) == COUNT
    for each in profiles:
        assert each["cost"]["seconds"] > 0
        assert each["cost"]["memory"] > 10_000_000
        assert bool(each["diagnostics"]) == (not each["ok"])
        assert (
            sum(Path(built, path).stat().st_size for path in each["paths"])
            == each["cost"]["written"]
        )


def test_what_was_done_well_is_passed_over(built: Path) -> None:
    done = command(built, "--resume")
    assert done.returncode == 1
    assert f"{COUNT - 1} passed over" in done.stderr
    assert report(built)["built"] == 1


def test_a_shared_text_typesets_again_what_prints_it_and_nothing_else(
    built: Path, tmp_path: Path
) -> None:
    root = tmp_path / "project"
    shutil.copytree(built, root)
    shared = root / "content/shared/en"
    shared.mkdir(parents=True)
    text = Path(__file__).parents[2] / "content/shared/en/objective.md"
    (shared / "objective.md").write_text(
        text.read_text("utf-8").replace("well managed.", "managed well.", 1)
    )
    paths = sorted(path.as_posix() for path in (root / "content").glob("place-*"))
    done = subprocess.run(
        [sys.executable, "-m", "mgi_report", "build", *paths, "--format", "json"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    outputs = json.loads(done.stdout)["outputs"]
    again = {
        (output["lang"], section["id"])
        for output in outputs
        for section in output["sections"]
        if section["typeset"]
    }
    assert again == {("en", "objective")}
    assert [f"content/{output['profile']}" for output in outputs] == [
        path
        for path in (Path(path).relative_to(root).as_posix() for path in paths)
        if "place-5-" not in path
    ]


def test_parts_are_the_whole(built: Path) -> None:
    folders = sorted((built / "content").glob("place-*"))
    parts = [Shard(number, 5).part(folders) for number in range(1, 6)]
    assert sorted(itertools.chain(*parts)) == folders


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "a/b", "1/0", "1/2/3"])
def test_what_is_no_part_is_refused(built: Path, text: str) -> None:
    done = command(built, "--shard", text)
    assert done.returncode == 2
    assert "is no part of a whole; write 2/8" in done.stderr


def test_a_part_has_its_own_report(built: Path) -> None:
    done = command(built, "--shard", "3/6")
    assert report(built, "3-of-6")["built"] == 2
    assert done.stderr.splitlines()[-1].endswith("build/batch/3-of-6.json")


def test_two_batches_in_one_project_are_refused(built: Path) -> None:
    before = (built / "build/batch/all.json").read_bytes()
    with held(built / "build/batch"):
        done = command(built)
    assert done.returncode == 1
    assert "Another batch is at work in this project. [batch-is-kept]" in done.stderr
    assert (built / "build/batch/all.json").read_bytes() == before


def test_where_nothing_can_be_kept_it_says_so(tmp_path: Path) -> None:
    write_profiles(tmp_path / "content", 2)
    (tmp_path / "build").write_text("a file", "utf-8")
    done = command(tmp_path)
    assert done.returncode == 1
    assert "[batch-is-kept]" in done.stderr
    assert "Traceback" not in done.stderr


def gone(ask: Callable[[], None]) -> None:
    """Wait until a process that ends is no longer there."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            ask()
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("a process is left")


# --- Workers that are lost --------------------------------------------------------------------


def lost(tmp_path: Path, seconds: float, what: Callable[[int], None]) -> list[Done]:
    """Build three profiles, and do something to the process of the second when it begins."""
    folders = write_profiles(tmp_path / "content", 3)
    workers = Workers(1, seconds=seconds)
    done = []
    try:
        for news in workers.go_through([Job(str(folder)) for folder in folders]):
            if isinstance(news, Done):
                done.append(news)
            elif news.profile == folders[1].name and news.step.startswith("1"):
                (pid,) = workers.pids
                what(pid)
    finally:
        workers.close()
    return done


def test_a_worker_that_dies_costs_a_try_and_no_more(tmp_path: Path) -> None:
    killed: list[int] = []

    def kill_once(pid: int) -> None:
        if not killed:
            killed.append(pid)
            os.kill(pid, signal.SIGKILL)

    done = lost(tmp_path, PATIENCE, kill_once)
    assert [(each.result.ok, each.tries) for each in done] == [(True, 1), (True, 2), (True, 1)]


def test_a_profile_whose_worker_always_dies_is_told(tmp_path: Path) -> None:
    done = lost(tmp_path, PATIENCE, lambda pid: os.kill(pid, signal.SIGKILL))
    assert [each.result.ok for each in done] == [True, False, True]
    (told,) = done[1].result.diagnostics
    assert told.message == (
        "The process that built the profile was ended by the system (SIGKILL), 2 times."
    )


def test_a_worker_that_hangs_is_ended(tmp_path: Path) -> None:
    stopped: list[int] = []

    def stop(pid: int) -> None:
        stopped.append(pid)
        os.kill(pid, signal.SIGSTOP)

    done = lost(tmp_path, 20.0, stop)
    assert not done[1].result.ok
    assert "took more than 20 s" in done[1].result.diagnostics[0].message
    for pid in stopped:
        gone(partial(os.kill, pid, 0))


def test_after_ctrl_c_nothing_is_left_and_the_next_run_goes_on(tmp_path: Path) -> None:
    write_profiles(tmp_path / "content", 4)
    paths = sorted(path.as_posix() for path in (tmp_path / "content").iterdir())
    process = subprocess.Popen(
        [sys.executable, "-m", "mgi_report", "build", *paths, "--jobs", "2"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    journal = tmp_path / "build/batch/all.jsonl"
    end = time.monotonic() + PATIENCE
    while not journal.exists() or journal.read_text("utf-8").count("\n") < 2:
        assert time.monotonic() < end
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "Traceback" not in said
    gone(lambda: os.killpg(process.pid, 0))
    done = command(tmp_path, "--resume")
    assert done.returncode == 0, done.stderr
    assert "passed over" in done.stderr
    assert len(pdfs(tmp_path)) == 4
    assert not list((tmp_path / "build").rglob(".*.pdf*"))
