"""Why a section was typeset again: what it was made from is held against the making before."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from posixpath import basename, dirname

from mgi_report.pages.store import Store

NOT_KEPT = "not kept yet"

_MANY = 3
"""Files or keys that are named; of more some are named, or they are counted."""


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What a section was made from."""

    digest: str
    """Of all together; the pages are kept under it."""
    files: tuple[str, ...]
    """Its text, templates, style sheets, pictures, fonts."""
    folios: Mapping[str, int]
    """The page numbers that it may print."""
    notes: tuple[str, int, int]
    """The series of its footnotes, the number before its first, and how many it has."""
    cited: str
    """Digest of what it prints of sources."""
    labels: tuple[str, ...]
    """The keys of labels that it prints."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What all sections of one making were made from."""

    program: str
    folder: str
    """The profile's, whose paths are said without it."""
    files: Mapping[str, str | None]
    """All that was read: path → digest, None where it was not there."""
    said: Mapping[str, str]
    """Digest of what a file says, where that is known: a comment more does not change it."""
    values: Mapping[str, Mapping[str, str]]
    """What stands behind each key of files of which that is told, by the file's name.

    As it is written: what stands in a label for a variable comes from another file.
    """
    sections: Mapping[str, Ingredients] = field(default_factory=dict)


def keep(ledger: Ledger, store: Store, name: str) -> None:
    """Keep a ledger for the next process.

    `name` tells apart profile, language, standard and where the PDF goes.
    """
    written = json.dumps(ledger, default=_fields, ensure_ascii=False)
    store.put(_name(name), written.encode())


def is_kept(store: Store, name: str) -> bool:
    """Say whether there is a ledger of a making."""
    return store.has(_name(name))


def kept(store: Store, name: str) -> Ledger | None:
    """Give the ledger of the last making, if there was one."""
    content = store.get(_name(name))
    if content is None:
        return None
    try:
        data = json.loads(content)
        sections = {
            key: Ingredients(
                **each | {name: tuple(each[name]) for name in ("files", "notes", "labels")}
            )
            for key, each in data.pop("sections").items()
        }
        return Ledger(sections=sections, **data)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _fields(thing: Ledger | Ingredients) -> dict[str, object]:
    return {each.name: getattr(thing, each.name) for each in fields(thing)}


def _name(name: str) -> str:
    return hashlib.sha256(f"ledger {name}".encode()).hexdigest()


def changed(before: Ledger | None, now: Ledger) -> frozenset[str]:
    """Name the sections that are not what they were; those that are new are not among them."""
    old = before.sections if before else {}
    return frozenset(
        name
        for name, each in now.sections.items()
        if name in old and old[name].digest != each.digest
    )


def reason(section: str, before: Ledger | None, now: Ledger) -> str:
    """Say why a section was typeset again."""
    if before is None or section not in before.sections:
        return NOT_KEPT
    if before.program != now.program:
        return "the program changed"
    old, new = before.sections[section], now.sections[section]
    if old.digest == new.digest:
        return "no longer kept"
    changed = _changed(before, now)
    own = {*old.files, *new.files}
    if found := [path for path in changed if path in own]:
        return _said(found, before, now)
    if old.folios != new.folios:
        return "page numbers changed"
    if old.notes[1] != new.notes[1]:
        counted = _before_its_notes(section, before, now)
        if found := [path for path in changed if path in counted]:
            return _said(found, before, now)
    # What all sections may print of; only then what others are made from.
    own_labels = {*old.labels, *new.labels}
    labels = [key for key in _changed_keys("labels.yml", before, now) if key in own_labels]
    printed = [path for path in changed if path.endswith("/labels.yml") and labels]
    if old.cited != new.cited:
        printed += [path for path in changed if path.endswith("/sources.yml")]
    if printed:
        return _said(printed, before, now, labels)
    changed = [path for path in changed if not path.endswith("/sources.yml")]
    shared = [path for path in changed if path.endswith((".yml", ".yaml"))]
    # Which of these it was is not known.
    return " or ".join(_candidates(shared or changed, before, now)) or "the environment changed"


def _changed(before: Ledger, now: Ledger) -> list[str]:
    """Give the files that do not say what they did; one that nobody looks for any more does not."""
    return [
        path
        for path, digest in now.files.items()
        if before.files.get(path) != digest
        and (path in before.files or digest is not None)
        and (path not in now.said or before.said.get(path) != now.said[path])
    ]


def _before_its_notes(section: str, before: Ledger, now: Ledger) -> set[str]:
    """Give what those sections are made from that now call more or fewer notes before its own."""
    series = now.sections[section].notes[0]
    files: set[str] = set()
    for name, new in now.sections.items():
        if name == section:
            break
        old = before.sections.get(name)
        if old and new.notes[0] == series and new.notes[2] != old.notes[2]:
            files |= {*new.files}
    return files


def _changed_keys(name: str, before: Ledger, now: Ledger) -> list[str]:
    old, new = before.values.get(name, {}), now.values.get(name, {})
    if not (old and new):  # it could not be read, which says nothing about its keys
        return []
    return sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))


def _candidates(paths: Sequence[str], before: Ledger, now: Ledger) -> Iterator[str]:
    """Say what happened to files; those of a folder that was moved away are counted."""
    gone = Counter(dirname(path) for path in paths if now.files[path] is None)
    many = {folder: count for folder, count in gone.items() if count > _MANY}
    for folder, count in many.items():
        yield f"{count} files in {folder.removeprefix(f'{now.folder}/')} are gone"
    for path in paths:
        if now.files[path] is not None or dirname(path) not in many:
            yield _change(path, before, now)


def _said(paths: list[str], before: Ledger, now: Ledger, labels: Sequence[str] = ()) -> str:
    return ", ".join(_change(path, before, now, labels) for path in paths)


def _change(path: str, before: Ledger, now: Ledger, labels: Sequence[str] = ()) -> str:
    """Say what happened to a file; of labels those that are given, else all that changed."""
    shown, name = path.removeprefix(f"{now.folder}/"), basename(path)
    changed = labels if name == "labels.yml" and labels else _changed_keys(name, before, now)
    if changed:
        shown += f" ({', '.join(changed[:_MANY])}{' …' if len(changed) > _MANY else ''})"
    if now.files[path] is None:
        return f"{shown} is gone"
    return f"{shown} is new" if before.files.get(path) is None else f"{shown} changed"
