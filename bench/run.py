"""Measures this program and its peers side by side: `make bench`, or `make bench ROUNDS=3`.

Each run has a fresh copy of the project. Contenders take turns, round after round, so that what
slows the machine slows all; ratios are made in each round, and their median is what counts. One
round goes before and is not counted: it fills the system's caches.
Writes build/bench.json and the README's table.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from bench.contenders import (
    CHROMIUM,
    CONTENDERS,
    MEMORY,
    NODE,
    RATIOS,
    ROOT,
    SIZES,
    TARGETS,
    Contender,
)
from bench.process import Run, run

MIB = 2**20
PATH = f"{ROOT}{os.pathsep}{ROOT / 'src'}"
LEFT_OUT = ("SOURCE_DATE_EPOCH", "PYTHONDONTWRITEBYTECODE")
"""What no contender gets of the environment. pip has compiled what it installed, WeasyPrint too;
Python is to keep what it compiles of this program as well, which runs from its checkout."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, choices=range(1, 100), metavar="N", default=5)
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "bench.json")
    parser.add_argument("--readme", type=Path, default=ROOT / "README.md")
    options = parser.parse_args()
    here = [each for each in CONTENDERS if each.is_here]
    options.json.parent.mkdir(parents=True, exist_ok=True)
    for results in measure(here, options.rounds):  # kept after each: it may be stopped
        options.json.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    text = table(results)
    if options.readme.exists():
        write_into(options.readme, text)
    print(text)


# --- measuring --------------------------------------------------------------------------------


def measure(contenders: Sequence[Contender], rounds: int) -> Iterator[dict[str, Any]]:
    """Run all contenders in turns; give what is known after each round."""
    seconds: dict[str, list[list[float]]] = defaultdict(list)
    memory: dict[str, list[int]] = defaultdict(list)
    cpu: dict[str, list[float]] = defaultdict(list)
    made: dict[str, Any] = {}
    with _project() as project:
        for at in range(rounds + 1):
            for each in contenders:
                _say(f"{'warming up' if at == 0 else f'round {at} of {rounds}'}: {each.label}")
                with _copy(project) as folder:
                    done = _run(each, folder)
                    if at == 0:
                        made[each.id] = _look_at(folder, folder / each.pdf)
                        continue
                times = json.loads(done.output) if each.warm else [done.seconds]
                seconds[each.id].append(times)
                memory[each.id].append(done.memory)
                cpu[each.id].append(round(done.cpu, 3))
            if at > 0:
                yield {**summed_up(seconds, memory, made, at), "cpu": cpu}


def _run(contender: Contender, folder: Path) -> Run:
    environment = {
        **{name: value for name, value in os.environ.items() if name not in LEFT_OUT},
        "PYTHONPATH": PATH,
        "PUPPETEER_EXECUTABLE_PATH": CHROMIUM,
    }
    if contender.before:
        run(contender.before, folder, environment)
    if contender.edits:
        run((sys.executable, "-m", "bench.edits", "."), folder, environment)
    return run(contender.command, folder, environment)


@contextmanager
def _project() -> Iterator[Path]:
    """Give the project as a folder to be copied, with what the peers typeset made from it."""
    with tempfile.TemporaryDirectory(prefix="mgi-bench-") as temporary:
        folder = Path(temporary)
        for name in ("assets", "content", "layouts"):
            shutil.copytree(ROOT / name, folder / name)
        # In a process of its own, for the bench to stay small.
        subprocess.run(
            [sys.executable, "-m", "bench.peers", ".", "peers"],
            cwd=folder, env={**os.environ, "PYTHONPATH": PATH}, check=True,
        )  # fmt: skip
        yield folder


@contextmanager
def _copy(project: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mgi-bench-") as temporary:
        yield Path(shutil.copytree(project, Path(temporary) / "project"))


def _look_at(folder: Path, pdf: Path) -> dict[str, Any]:
    """Give a PDF's size and pages, and whether its words are those of the profile."""
    said = subprocess.run(
        [sys.executable, "-m", "bench.words", str(folder), str(pdf)],
        env={**os.environ, "PYTHONPATH": PATH}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return {"bytes": pdf.stat().st_size, **json.loads(said.stdout)}


def summed_up(
    seconds: Mapping[str, list[list[float]]],
    memory: Mapping[str, list[int]],
    made: Mapping[str, Any],
    rounds: int,
) -> dict[str, Any]:
    each_round = {name: [median(times) for times in runs] for name, runs in seconds.items()}
    ratios = {
        name: [a / b for a, b in zip(each_round[one], each_round[other], strict=True)]
        for name, (one, other) in RATIOS.items()
        if one in each_round and other in each_round
    }
    for name, (one, other) in SIZES.items():
        if one in made and other in made:
            ratios[name] = [made[one]["bytes"] / made[other]["bytes"]]
    for name, (one, other) in MEMORY.items():
        if one in memory and other in memory:
            ratios[name] = [a / b for a, b in zip(memory[one], memory[other], strict=True)]
    return {
        "medians": {name: round(median(of), 4) for name, of in each_round.items()},
        "ratios": {name: round(median(of), 3) for name, of in ratios.items()},
        "targets": TARGETS,
        "spread": {
            name: [round(least, 4), round(most, 4)]
            for name, runs in seconds.items()
            for least, most in [(min(map(min, runs)), max(map(max, runs)))]
        },
        "ratio_spread": {
            name: [round(min(of), 3), round(max(of), 3)] for name, of in ratios.items()
        },
        "memory": {name: int(median(of)) for name, of in memory.items()},
        "documents": dict(made),
        "machine": _machine(),
        "versions": _versions(),
        "runs": {
            "rounds": rounds,
            "seconds": {
                name: [[round(one, 4) for one in times] for times in runs]
                for name, runs in seconds.items()
            },
        },
    }


def _machine() -> dict[str, Any]:
    processor = platform.processor() or platform.machine()
    with_name = Path("/proc/cpuinfo")
    if with_name.exists():
        names = re.findall(r"^model name\s*:\s*(.+)$", with_name.read_text(), re.MULTILINE)
        processor = names[0] if names else processor
    return {
        "system": platform.system(),
        "processor": processor,
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }


def _versions() -> dict[str, str]:
    names = ("mgi-report", "weasyprint", "typst")
    found = {"python": platform.python_version(), **{name: version(name) for name in names}}
    for name in ("pagedjs-cli", "@vivliostyle/cli"):
        package = NODE / name / "package.json"
        if package.exists():
            found[name] = json.loads(package.read_text())["version"]
    if Path(CHROMIUM).exists():
        said = subprocess.run([CHROMIUM, "--version"], capture_output=True, text=True, check=False)
        if match := re.search(r"\d[\d.]+", said.stdout):
            found["chromium"] = match[0]
    return found


# --- the table --------------------------------------------------------------------------------


def table(results: Mapping[str, Any]) -> str:
    """Write the results in Markdown."""
    medians, spread, documents = results["medians"], results["spread"], results["documents"]
    machine, versions = results["machine"], results["versions"]
    lines = [
        "| | median, s | least–most, s | memory, MiB | PDF, KiB | pages | words lacking |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    notes = []
    for each in CONTENDERS:
        if each.id not in medians:
            notes.append(f"{each.label}: could not be run here.")
            continue
        document, (least, most) = documents[each.id], spread[each.id]
        lines.append(
            f"| {each.label} | {medians[each.id]:.2f} | {least:.2f}–{most:.2f} "
            f"| {results['memory'][each.id] / MIB:.0f} | {document['bytes'] / 1024:.0f} "
            f"| {document['pages']} | {document['lacking']} |"
        )
        if each.note:
            notes.append(f"{each.label.split(':')[0]}: {each.note}.")
    lines += ["", "| ratio | median | least–most | aim |", "|---|--:|--:|--:|"]
    for name, ratio in results["ratios"].items():
        least, most = results["ratio_spread"][name]
        aim = f"≤ {TARGETS[name]:g}" if name in TARGETS else ""
        lines.append(f"| {name} | {ratio:.2f} | {least:.2f}–{most:.2f} | {aim} |")
    said = ", ".join(f"{name} {number}" for name, number in versions.items())
    lines += [
        "",
        (
            f"{results['runs']['rounds']} rounds in turns on {machine['cores']} cores "
            f"({machine['processor']}, load {machine['load']}); {said}. "
            "An edit is timed in each of eight texts, from the saved text to the whole PDF on "
            "disk. Memory is that of the largest process, at its largest: of a build its workers' "
            "too, of `serve` after eight saves. memory/weasyprint compares new processes that make "
            "the whole, memory_serve/weasyprint_warm processes that go on."
        ),
        "",
        *(f"- {note}" for note in notes),
    ]
    return "\n".join(lines)


BEGIN, END = "<!-- bench: written by `make bench` -->", "<!-- /bench -->"


def write_into(readme: Path, text: str) -> None:
    """Put the table between the README's marks."""
    before, begin, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if begin and end:
        readme.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
