"""Why a section was typeset again: what it was made from is held against the making before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from mgi_report.pages.store import Store

NOT_KEPT = "not kept yet"


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What a section was made from."""

    digest: str
    """Of all together; the pages are kept under it."""
    files: tuple[str, ...]
    """Its text, templates, style sheets, pictures, fonts."""
    folios: Mapping[str, int]
    """The page numbers that it may print."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What all sections of one making were made from."""

    program: str
    folder: str
    """The profile's, whose paths are said without it."""
    files: Mapping[str, str | None]
    """All that was read: path → digest, None where it was not there."""
    labels: Mapping[str, str]
    sections: Mapping[str, Ingredients] = field(default_factory=dict)


def keep(ledger: Ledger, store: Store, name: str) -> None:
    """Keep a ledger for the next process; `name` tells profile, language and standard apart."""
    store.put(_name(name), json.dumps(asdict(ledger), ensure_ascii=False).encode())


def kept(store: Store, name: str) -> Ledger | None:
    """Give the ledger of the last making, if there was one."""
    content = store.get(_name(name))
    if content is None:
        return None
    try:
        data = json.loads(content)
        sections = {
            key: Ingredients(each["digest"], tuple(each["files"]), each["folios"])
            for key, each in data.pop("sections").items()
        }
        return Ledger(sections=sections, **data)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _name(name: str) -> str:
    return hashlib.sha256(f"ledger {name}".encode()).hexdigest()


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
    # What all sections are made from; only then what others are, such as their footnotes.
    shared = [path for path in changed if path.endswith((".yml", ".yaml"))]
    if found := shared or changed:
        return _said(found, before, now)
    return "the environment changed"


def _changed(before: Ledger, now: Ledger) -> list[str]:
    """Give the files that are not what they were; one that nobody looks for any more is not."""
    return [
        path
        for path, digest in now.files.items()
        if before.files.get(path) != digest and (path in before.files or digest is not None)
    ]


def _said(paths: list[str], before: Ledger, now: Ledger) -> str:
    return ", ".join(_change(path, before, now) for path in paths)


def _change(path: str, before: Ledger, now: Ledger) -> str:
    shown = path.removeprefix(f"{now.folder}/")
    if now.files[path] is None:
        return f"{shown} is gone"
    if before.files.get(path) is None:
        return f"{shown} is new"
    if path.endswith("/labels.yml"):
        keys = before.labels.keys() | now.labels.keys()
        changed = sorted(key for key in keys if before.labels.get(key) != now.labels.get(key))
        if changed:
            some = ", ".join(changed[:3]) + (" …" if len(changed) > 3 else "")
            return f"labels.yml ({some}) changed"
    return f"{shown} changed"
