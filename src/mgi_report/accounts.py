"""What the sections of a making were made from, by value, so that `reasons` can hold it against."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from posixpath import basename
from typing import Protocol

from mgi_report.content.files import read_text
from mgi_report.content.lending import lent_from
from mgi_report.content.model import Citation, Document, Note, Profile
from mgi_report.content.walk import texts_of
from mgi_report.content.yaml import YamlList, YamlMap, YamlNode, YamlText, parse_yaml
from mgi_report.diagnostics import Span
from mgi_report.layout.model import Layout, SectionSpec
from mgi_report.pages.model import Section
from mgi_report.program import program
from mgi_report.project import Project, join
from mgi_report.reasons import Ingredients, Ledger
from mgi_report.results import FURNITURE


class Composed(Protocol):
    """A section as step 3 gives it."""

    @property
    def section(self) -> Section | None:
        """The section, where it could be composed."""
        ...

    @property
    def files(self) -> Mapping[str, str | None]:
        """Templates, style sheets, pictures."""
        ...

    @property
    def folios(self) -> Mapping[str, int]:
        """The page numbers that it may print."""
        ...

    @property
    def labels(self) -> tuple[str, ...]:
        """The keys of the labels that it prints."""
        ...


def account(
    project: Project,
    layout: Layout,
    loaded: Profile,
    resolved: Profile,
    composed: Mapping[str, Composed],
    specs: tuple[SectionSpec, ...],
    digest: Callable[[Section], str],
    before: Ledger | None,
) -> Ledger:
    """Give what all sections were made from, and the furniture, as far as they could be composed.

    What is the same as in the making `before` is not looked through again.
    """
    reads = dict(project.reads)
    if before and before.program != program():  # which may have looked at it otherwise
        before = None
    said = {
        path: before.said[path]
        for path, content in (reads.items() if before else ())
        if before and path in before.said and before.files[path] == content
    }
    said |= _said_for_all([path for path in reads if path not in said], layout, loaded)
    sections = {}
    for spec in specs:
        own = _own(reads, (loaded.lang, *lent_from(loaded, spec.id)), spec)
        for path, content in own.items():
            if path not in said:
                said[path] = value_of(content(loaded))
        made = composed.get(spec.id)  # without fonts, nothing is composed
        if made and made.section:
            old, name = before.sections.get(spec.id) if before else None, digest(made.section)
            sections[spec.id] = Ingredients(
                name,
                (*own, *made.files),
                dict(made.folios),
                (spec.notes or spec.id, *_notes(resolved.documents.get(spec.id))),
                old.cited if old and old.digest == name else _cited(resolved, spec),
                made.labels,
            )
    own_parts = {spec.id for spec in specs}
    parts = [made for name, made in composed.items() if name not in own_parts]
    if parts and all(made.section for made in parts):
        sections[FURNITURE] = _furniture(parts, digest)
    values = {"labels.yml": dict(loaded.labels), "profile.yml": _facts(project, loaded.folder)}
    return Ledger(program(), loaded.folder, reads, said, values, sections)


def _facts(project: Project, folder: str) -> dict[str, str]:
    """Give what stands behind each key of profile.yml: "territory.name.en"."""
    path = join(folder, "profile.yml")
    root = parse_yaml(read_text(project, path).value or "", path).value
    return dict(_values("", root)) if root else {}


def _values(key: str, node: YamlNode) -> Iterator[tuple[str, str]]:
    match node:
        case YamlText():
            yield key, node.text
        case YamlList():
            texts = (text for item in node.items for pair in _values("", item) for text in pair)
            yield key, "\n".join(texts)
        case YamlMap():
            for entry in node.entries:
                yield from _values(f"{key}.{entry.key}".removeprefix("."), entry.value)


def _furniture(parts: Iterable[Composed], digest: Callable[[Section], str]) -> Ingredients:
    """Give what all that is laid over pages was made from; it is one thing to who reads of it."""
    digests = sorted(digest(made.section) for made in parts if made.section)
    files = {path: None for made in parts for path in made.files}
    labels = {key: None for made in parts for key in made.labels}
    return Ingredients(value_of(digests), (*files,), {}, (FURNITURE, 0, 0), "", (*labels,))


def _own(
    reads: Mapping[str, str | None], languages: tuple[str, ...], spec: SectionSpec
) -> dict[str, Callable[[Profile], object]]:
    """Give where a section's text and data were looked for, with what came of it."""
    asked: list[tuple[str | None, Callable[[Profile], object]]] = [
        (spec.file, lambda profile: profile.documents.get(spec.id)),
        (spec.data, lambda profile: profile.data.get(spec.id)),
    ]
    return {
        path: content
        for name, content in asked
        if name
        for path in reads
        if path.endswith(tuple(f"{lang}/{name}" for lang in languages))
    }


def _said_for_all(paths: Iterable[str], layout: Layout, profile: Profile) -> dict[str, str]:
    """Digest what files say that all sections may print of."""
    by_name = {
        "profile.yml": profile.facts,
        "layout.yml": layout,
        "labels.yml": profile.labels,
        "domains.yml": profile.domains,
        "sources.yml": profile.sources,
        "language.yml": profile.languages,
        # Words that are looked for in texts; nothing of them is printed.
        "terms.yml": (),
        "spelling.yml": (),
    }
    return {path: value_of(by_name[name]) for path in paths if (name := basename(path)) in by_name}


def _notes(document: Document | None) -> tuple[int, int]:
    """Give the number before a section's first footnote, and how many it has."""
    notes: list[Note] = list(document.notes.values()) if document else []
    return min((note.number for note in notes), default=1) - 1, len(notes)


def _cited(profile: Profile, spec: SectionSpec) -> str:
    """Digest what a section prints of sources."""
    if spec.kind == "sources":
        return value_of(profile.sources)
    document, data = profile.documents.get(spec.id), profile.data.get(spec.id)
    texts = texts_of([document] if document else [], [data] if data else [])
    return value_of([node.text for text in texts for node in text if isinstance(node, Citation)])


def value_of(thing: object) -> str:
    """Digest a value of the content, whatever place it stands at: a comment more changes none."""
    said: list[str] = []
    _say(thing, said)
    return hashlib.sha256("\0".join(said).encode(errors="surrogatepass")).hexdigest()


def _say(thing: object, said: list[str]) -> None:
    match thing:
        case str():
            said.append(thing)
        case Span():
            pass
        case tuple() | list():
            said.append(f"{len(thing)}:")
            for each in thing:
                _say(each, said)
        case Mapping():
            said.append(f"{len(thing)}=")
            for key, value in thing.items():
                said.append(str(key))
                _say(value, said)
        case frozenset():
            said.append(repr(sorted(map(str, thing))))
        case _ if is_dataclass(thing) and not isinstance(thing, type):
            said.append(type(thing).__name__)
            for name in _names(type(thing)):
                _say(getattr(thing, name), said)
        case _:
            said.append(repr(thing))


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))
