"""Step 1, load: what a translation was made from, as it is kept in its folder: translation.yml.

The file names, for each text, its passages in the order of the original: the digest of the
original's words and that of the translation's, as they were when somebody said that they agree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from mgi_report.content.files import read_text
from mgi_report.content.forms import is_language
from mgi_report.content.translation.passages import DIGITS
from mgi_report.content.yaml import YamlEntry, YamlList, YamlMap, YamlText, parse_yaml
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Severity, Span
from mgi_report.project import Project

FILE = "translation.yml"
NONE = "-"
"""In the place of a digest: the translation has no such passage."""
_ELSEWHERE = " elsewhere"
"""Behind the digests: it is meant to stand in another place than in the original."""
_LINE = re.compile(rf"([0-9a-f]{{{DIGITS}}}) ([0-9a-f]{{{DIGITS}}}|{NONE})({_ELSEWHERE})?")
_HINT = (
    "Bring back an earlier version of the file. If there is none, delete it, and say anew what is "
    "in step: mgi-report translated"
)


class Line(NamedTuple):
    """What is kept of a passage."""

    original: str
    """The digest of the original's words."""
    translation: str
    """That of the translation's."""
    is_elsewhere: bool = False
    """It was said that it is meant to stand in another place than in the original."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of a folder of translations."""

    original: str
    """The language it was translated from."""
    files: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    """By name."""


def read_record(project: Project, folder: str) -> Outcome[Record | None]:
    """Read what is kept of a folder, None where there is nothing, or nothing that can be read.

    All that is wrong with it are warnings: no page depends on it.
    """
    path = f"{folder}/{FILE}"
    text = read_text(project, path)
    if text.value is None:
        return Outcome(None, tuple(map(_warning, text.diagnostics)))
    parsed = parse_yaml(text.value, path)
    found = [_warning(each) for each in (*text.diagnostics, *parsed.diagnostics)]
    if parsed.value is None:
        return Outcome(None, tuple(found))
    record = _record(parsed.value, found)
    return Outcome(record, tuple(found))


def written(record: Record) -> str:
    """Write a record as the text of its file."""
    lines = [
        "# What the texts in this folder were translated from, passage by passage.",
        "# Kept by `mgi-report translated`; not to be changed by hand.",
        f"original: {record.original}",
        "passages:" if record.files else "passages: {}",
    ]
    for name, pairs in sorted(record.files.items()):
        lines.append(f"  {name}:" if pairs else f"  {name}: []")
        lines += [
            f"    - {each.original} {each.translation}{_ELSEWHERE if each.is_elsewhere else ''}"
            for each in pairs
        ]
    return "\n".join(lines) + "\n"


def command(folder: str) -> str:
    """Give what to type once the translations in a folder are in step."""
    profile, _, lang = folder.rpartition("/")
    return f"mgi-report translated {profile or '.'} --lang {lang}"


def _record(root: YamlMap, found: list[Diagnostic]) -> Record | None:
    original, passages = root.entry("original"), root.entry("passages")
    found += [
        _wrong(f'There is no key "{entry.key}" in this file.', entry.span)
        for entry in root.entries
        if entry not in (original, passages)
    ]
    if original is None or passages is None:
        found.append(_wrong("This is not as the program wrote it.", root.span))
        return None
    language = original.value
    if not isinstance(language, YamlText) or not is_language(language.text):
        found.append(_wrong('"original" is no language.', language.span))
        return None
    if not isinstance(passages.value, YamlMap):
        found.append(_wrong('"passages" should name the files.', passages.value.span))
        return None
    read = {entry.key: _lines(entry, found) for entry in passages.value.entries}
    return Record(language.text, {name: lines for name, lines in read.items() if lines})


def _lines(entry: YamlEntry, found: list[Diagnostic]) -> tuple[Line, ...]:
    """Read the lines of a file; of one that is damaged nothing is known."""
    lines = []
    for node in entry.value.items if isinstance(entry.value, YamlList) else (entry.value,):
        match = _LINE.fullmatch(node.text) if isinstance(node, YamlText) else None
        if match is None:
            found.append(_wrong("This is not as the program wrote it.", node.span))
            return ()
        lines.append(Line(match[1], match[2], is_elsewhere=bool(match[3])))
    return tuple(lines)


def _wrong(message: str, span: Span) -> Diagnostic:
    return Diagnostic(Rule.VALUE_IS_VALID, message, span, _HINT, Severity.WARNING)


def _warning(diagnostic: Diagnostic) -> Diagnostic:
    return replace(diagnostic, severity=Severity.WARNING, hint=_HINT)
