"""Consultation rounds as they are kept: what was sent when one was opened is found again.

A round is a folder in the profile's: `consultation/round-1` has `round.yml`, the facts;
`blocks.jsonl`, each block with its number, place, page and text; and `sent/`, the files of content
as they were, by names that stay true where the profile is renamed or moved (`consult.places`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256

from mgi_report.consult.blocks import read_content
from mgi_report.consult.model import Block, Box, Content, Round, Sent
from mgi_report.consult.overlay import Overlaid
from mgi_report.consult.places import kept_as, path_of
from mgi_report.content.yaml import YamlMap, YamlText, node_at, parse_yaml
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.project import DiskProject, Project, digest_of
from mgi_report.writing import finish, held

_ROUND = re.compile(r"round-([1-9][0-9]{0,3})")


def folder_of(profile: str, number: int) -> str:
    """Give the folder of a round, in the project."""
    return f"{profile}/consultation/round-{number}"


def journal_of(profile: str) -> str:
    """Give the file that says what is still to be written after an accident."""
    return f"{profile}/consultation/.journal.json"


@contextmanager
def alone(project: DiskProject, profile: str) -> Iterator[None]:
    """Keep all others that would write a profile's rounds waiting: reading is followed by writing.

    Raises `OSError` where one of them does not come to its end.
    """
    with held(project.path(profile)):
        yield


def recover(project: DiskProject, profile: str) -> None:
    """Finish what was begun when the program was killed."""
    with alone(project, profile):
        finish(project.root, journal_of(profile))


def identity(profile: str, number: int, lang: str) -> str:
    """Give the bookmark by which a file is known as that of a profile and round."""
    return f"mgi_round_{number}_{sha256(f'{profile}/{lang}'.encode()).hexdigest()[:12]}"


def rounds_of(project: Project, profile: str) -> tuple[int, ...]:
    """Give the numbers of the rounds that a profile has had."""
    names = project.folder(f"{profile}/consultation")
    return tuple(sorted(int(found[1]) for name in names if (found := _ROUND.fullmatch(name))))


def blocks_sent(project: Project, profile: str, number: int) -> tuple[str, tuple[Sent, ...]]:
    """Give a round's language and its blocks as they were sent; none where it is damaged."""
    folder = folder_of(profile, number)
    read = _read_round_file(project, folder)
    try:
        lines = (project.read(f"{folder}/blocks.jsonl") or b"").decode().splitlines()
        entries = [json.loads(line) for line in lines]
        blocks = [Sent(*(str(each[key]) for key in ("block", "kind", "text"))) for each in entries]
    except (ValueError, KeyError, TypeError):
        blocks = []
    return (read.lang, tuple(blocks)) if read else ("", ())


def identity_of_last(project: Project, profile: str, lang: str) -> str:
    """Give the name of the last round that was in a language, nothing where there was none."""
    for number in reversed(rounds_of(project, profile)):
        read = _read_round_file(project, folder_of(profile, number))
        if read and read.lang == lang:
            return identity(read.profile, number, lang)
    return ""


def opened_on(project: Project, profile: str, number: int) -> str:
    """Give the ISO date of a round, nothing where it is not known."""
    read = _read_round_file(project, folder_of(profile, number))
    return read.opened if read else ""


def read_round(
    project: DiskProject, profile: str, number: int | None = None
) -> Outcome[tuple[Round, Content] | None]:
    """Read a round, the last one when no number is given, and the content as it was sent."""
    recover(project, profile)
    project.begin()
    there = rounds_of(project, profile)
    if not there or (number is not None and number not in there):
        which = f"round {number}" if number is not None else "a round"
        message = f"The profile has not had {which} of consultation."
        hint = f"Open it with: mgi-report consult open {profile}"
        if there:
            hint = f"It has had {', '.join(map(str, there))}."
        return Outcome(None, (_wrong(message, hint, Span(f"{profile}/profile.yml")),))
    folder = folder_of(profile, number or there[-1])
    path = f"{folder}/round.yml"
    read = _read_round_file(project, folder)
    if read is None:
        message = "The file of the round is not as it was written."
        return Outcome(None, (_wrong(message, "Take it back from git or a copy.", Span(path)),))
    sent: dict[str, bytes] = {}
    for name, digest in read.files.items():
        content = project.read(f"{folder}/sent/{name}")
        if content is None or digest_of(content) != digest:
            message = "This file was kept as it was sent, and has changed since."
            span = Span(f"{folder}/sent/{name}")
            return Outcome(None, (_wrong(message, "Take it back from git or a copy.", span),))
        where = path_of(profile, name)
        if where is None:
            message = "The round was opened by an earlier version, and cannot be read by this one."
            hint = "Finish it with the version that opened it, or open a new round."
            return Outcome(None, (_wrong(message, hint, Span(path)),))
        sent[where] = content
    reading = read_content(Overlaid(project, sent), profile, read.lang)
    if reading.value is None:
        return Outcome(None, reading.diagnostics)
    names, boxes, lines = _read_blocks(project.read(f"{folder}/blocks.jsonl") or b"")
    if names != {block.name: block.text for block in reading.value.blocks}:
        message = "The blocks of the round are no longer read as they were sent."
        hint = "The layout or the program has changed since. Open a new round."
        return Outcome(None, (_wrong(message, hint, Span(f"{folder}/blocks.jsonl")),))
    blocks = tuple(
        replace(
            block,
            page=boxes[block.name][0][0] if boxes.get(block.name) else 0,
            printed_line=lines.get(block.name, 0),
        )
        for block in reading.value.blocks
    )
    return Outcome((replace(read, boxes=boxes), replace(reading.value, blocks=blocks)))


# --- Files ------------------------------------------------------------------------------------


def round_file(round_: Round) -> bytes:
    """Write the facts of a round: round.yml."""
    lines = [
        "# A consultation round, as it was opened. Written by mgi-report; not to be changed.",
        f"round: {round_.number}",
        f"profile: {round_.profile}",
        f"language: {round_.lang}",
        f"opened: {round_.opened}",
        "# What was sent: SHA-256 of each file, which lies under sent/.",
        "files:",
        *(f"  {name}: {digest}" for name, digest in round_.files.items()),
    ]
    return ("\n".join(lines) + "\n").encode()


def _read_round_file(project: Project, folder: str) -> Round | None:
    path = f"{folder}/round.yml"
    root = parse_yaml((project.read(path) or b"").decode(errors="replace"), path).value
    if root is None:
        return None
    texts = {
        entry.key: entry.value.text for entry in root.entries if isinstance(entry.value, YamlText)
    }
    files = node_at(root, ("files",))
    if not isinstance(files, YamlMap) or not texts.get("round", "").isdigit():
        return None
    digests = {
        entry.key: entry.value.text for entry in files.entries if isinstance(entry.value, YamlText)
    }
    return Round(
        number=int(texts["round"]),
        profile=texts.get("profile", ""),
        lang=texts.get("language", ""),
        opened=texts.get("opened", ""),
        folder=folder,
        files=digests,
    )


def blocks_file(
    profile: str,
    blocks: Iterable[Block],
    boxes: Mapping[str, Sequence[Box]],
    lines: Mapping[str, int],
) -> bytes:
    """Write blocks with their places: blocks.jsonl."""
    entries = [
        json.dumps(
            {
                "block": block.name,
                "kind": block.kind,
                "file": kept_as(profile, block.file),
                "line": block.line,
                "boxes": boxes.get(block.name, ()),
                "printed-line": lines.get(block.name, 0),
                "text": block.text,
            },
            ensure_ascii=False,
        )
        for block in blocks
    ]
    return ("\n".join(entries) + "\n").encode()


def _read_blocks(
    content: bytes,
) -> tuple[dict[str, str], dict[str, tuple[Box, ...]], dict[str, int]]:
    texts: dict[str, str] = {}
    lines: dict[str, int] = {}
    boxes: dict[str, tuple[Box, ...]] = {}
    try:
        for line in content.decode().splitlines():
            entry = json.loads(line)
            texts[str(entry["block"])] = str(entry["text"])
            boxes[str(entry["block"])] = tuple(
                (int(page), float(x0), float(y0), float(x1), float(y1))
                for page, x0, y0, x1, y1 in entry["boxes"]
            )
            lines[str(entry["block"])] = int(entry.get("printed-line", 0))
    except (ValueError, KeyError, TypeError):
        return {}, {}, {}
    return texts, boxes, lines


def _wrong(message: str, hint: str, span: Span) -> Diagnostic:
    return Diagnostic(Rule.ROUND_IS_WHOLE, message, span, hint)
