"""The peers of `make bench` set the same words. Nothing here looks at a clock."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from tests.projects import MALI, ROOT

from bench import edits, peers, run, serving, words
from bench.contenders import CONTENDERS, MEMORY, RATIOS, SIZES, TARGETS
from bench.work import read
from mgi_report.steps import build

pytestmark = pytest.mark.xdist_group("bench")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("peers")
    peers.write(ROOT, folder)
    return folder


def judged(pdf: Path) -> words.Verdict:
    return words.judge(read(ROOT), pdf)


NOTHING = words.Verdict(Counter(), frozenset(), ())


def test_this_program_shows_the_words(tmp_path: Path) -> None:
    assert build(ROOT / MALI, output=tmp_path).ok
    assert judged(tmp_path / "mali-2021-en.pdf") == NOTHING


def test_weasyprint_shows_the_same_words(folder: Path) -> None:
    command = [sys.executable, "-m", "weasyprint", "--pdf-variant", "pdf/ua-1"]
    subprocess.run([*command, "weasyprint.html", "weasyprint.pdf"], cwd=folder, check=True)
    assert judged(folder / "weasyprint.pdf") == NOTHING


def test_typst_shows_the_same_words(folder: Path) -> None:
    subprocess.run([sys.executable, "-m", "bench.compile_typst", folder], cwd=ROOT, check=True)
    assert judged(folder / "typst.pdf") == NOTHING


def test_what_is_lacking_is_seen(folder: Path) -> None:
    chapter = folder / "partnerships.typ"
    text = chapter.read_text("utf-8")
    chapter.write_text(text.replace("several forums", "forums"), "utf-8")
    try:
        subprocess.run([sys.executable, "-m", "bench.compile_typst", folder], cwd=ROOT, check=True)
        verdict = judged(folder / "typst.pdf")
    finally:
        chapter.write_text(text, "utf-8")
    assert verdict.lacking == {"several": 1}
    assert len(verdict.breaks) == 1


def test_each_edit_finds_its_words(folder: Path, tmp_path: Path) -> None:
    for source in [*(ROOT / MALI / "en").glob("*.md"), *folder.glob("*.typ")]:
        path = tmp_path / (MALI if source.suffix == ".md" else "peers") / "en" / source.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.read_bytes())
    done = [*edits.in_markdown(tmp_path), *edits.in_typst(tmp_path / "peers" / "en")]
    assert [section for section, _ in done] == [*edits.PHRASES] * 2
    assert all(edits.ADDED in path.read_text("utf-8") for _, path in done)


def results() -> dict[str, Any]:
    seconds = {each.id: [[1.0, 2.0, 3.0], [2.0]] for each in CONTENDERS}
    memory = {each.id: [100 * run.MIB] * 2 for each in CONTENDERS}
    made = {each.id: {"bytes": 2048, "pages": 31, "lacking": 0} for each in CONTENDERS}
    return run.summed_up(seconds, memory, made, 2)


def test_the_results_have_their_shape() -> None:
    found = json.loads(json.dumps(results()))
    assert {"medians", "ratios", "memory", "documents", "machine", "versions", "runs"} <= set(found)
    assert set(found["medians"]) == {each.id for each in CONTENDERS}
    assert set(found["ratios"]) == {*RATIOS, *SIZES, *MEMORY}
    assert found["runs"]["rounds"] == 2
    assert set(TARGETS) <= set(found["ratios"])
    assert set(found["ratios"].values()) == {1.0}


def test_the_table_is_written_between_the_marks(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{run.BEGIN}\nwhat it was\n{run.END}\nafter\n", "utf-8")
    run.write_into(readme, run.table(results()))
    text = readme.read_text("utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "what it was" not in text
    assert "| edit_warm/typst_warm | 1.00 |" in text


def test_what_is_timed_in_serve_is_the_pdf_that_it_writes(tmp_path: Path) -> None:
    shutil.copytree(ROOT / MALI, tmp_path / MALI)
    seconds = list(serving.serve(tmp_path))
    assert len(seconds) == len(edits.PHRASES)
    pdf = (tmp_path / serving.PDF).read_bytes()
    assert build(tmp_path / MALI, output=tmp_path / "other").ok
    assert pdf == (tmp_path / "other" / Path(serving.PDF).name).read_bytes()


def test_loaded_peers_do_not_load_this_program() -> None:
    code = "import sys, bench.warm; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not [name for name in done.stdout.split() if name.startswith("mgi_report")]


def test_the_readme_has_the_marks() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert text.index(run.BEGIN) < text.index(run.END)


def test_locks_name_no_host_and_no_machine() -> None:
    lock = (ROOT / "requirements-bench.lock").read_text("utf-8")
    assert "://" not in lock
    pinned = {Requirement(each).name for each in re.findall(r"^\w\S+==[^\s;]+", lock, re.MULTILINE)}
    assert "typst" in pinned
    packages = json.loads((ROOT / "bench" / "package-lock.json").read_text("utf-8"))["packages"]
    assert not [name for name, package in packages.items() if "resolved" in package]
    assert not [name for name, package in packages.items() if name and "integrity" not in package]
