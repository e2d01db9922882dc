"""Step 1, load: what profiles share, and a profile may override: labels, domains, terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from posixpath import dirname

from mgi_report.content.files import names_in, read_text
from mgi_report.content.model import Domain, Term
from mgi_report.content.schema import DomainsFile, LooksAt, TermsFile
from mgi_report.content.validate import span_of, validate
from mgi_report.content.yaml import YamlList, YamlMap, YamlNode, YamlText, parse_yaml
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span, nearest
from mgi_report.project import Project


@dataclass(frozen=True, slots=True)
class File:
    """A text file that was found."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the words of a profile in one language may lie, nearest first."""

    project: Project
    folder: str
    """The profile's folder."""
    lang: str
    found: list[Diagnostic] = field(default_factory=list)
    """What was wrong with the files that were found."""

    @property
    def folders(self) -> tuple[str, ...]:
        """The profile's own folder, the one shared by its neighbours, and what is shipped."""
        beside = dirname(self.folder)
        shared = f"{beside}/shared/{self.lang}" if beside else f"shared/{self.lang}"
        own = f"{self.folder}/{self.lang}" if self.folder else self.lang
        return tuple(dict.fromkeys((own, shared, f"content/shared/{self.lang}")))

    def find_all(self, name: str) -> list[File]:
        """Read a file wherever it lies, nearest first."""
        files = (self._read(f"{folder}/{name}") for folder in self.folders)
        return [file for file in files if file]

    def find(self, name: str) -> File | None:
        """Read a file where it lies nearest. None with a diagnostic where it cannot be read."""
        for folder in self.folders:
            before = len(self.found)
            file = self._read(f"{folder}/{name}")
            if file or len(self.found) > before:
                return file
        return None

    def find_needed(self, name: str, what: str) -> File | None:
        """Read a file, and report where it was looked for if it is nowhere."""
        before = len(self.found)
        file = self.find(name)
        if file is None and len(self.found) == before:
            own = self.folders[0]
            near = nearest(name, names_in(self.project, own))
            hint = near or f"It was looked for in {', '.join(self.folders)}."
            message = f"There is no file {name}, which {what} needs."
            self.found.append(Diagnostic(Rule.FILE_EXISTS, message, Span(f"{own}/{name}"), hint))
        return file

    def _read(self, path: str) -> File | None:
        text = read_text(self.project, path)
        self.found.extend(text.diagnostics)
        return None if text.value is None else File(path, text.value)


# --- Labels ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Labels:
    """The layout's words in one language."""

    texts: dict[str, str] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)


def read_labels(shelf: Shelf) -> Labels:
    """Read labels.yml; a nearer one changes single labels of those behind it."""
    files = shelf.find_all("labels.yml")
    if not files:
        shelf.find_needed("labels.yml", "every profile")
    texts: dict[str, str] = {}
    spans: dict[str, Span] = {}
    known: set[str] = set()
    for file in reversed(files):
        parsed = parse_yaml(file.text, file.path)
        shelf.found.extend(parsed.diagnostics)
        entries = parsed.value.entries if parsed.value else ()
        for entry in entries:
            if known and entry.key not in known:
                message = f'There is no label "{entry.key}".'
                hint = nearest(entry.key, known)
                shelf.found.append(Diagnostic(Rule.KEY_IS_KNOWN, message, entry.span, hint))
                continue
            for key, text in _flat(entry.key, entry.value, shelf.found):
                texts[key], spans[key] = text.text, text.span
        known |= {entry.key for entry in entries}
        if parsed.value and not entries:
            message = "There are no labels in this file."
            shelf.found.append(Diagnostic(Rule.FIELD_IS_PRESENT, message, Span(file.path)))
    return Labels(texts, spans)


def _flat(key: str, node: YamlNode, found: list[Diagnostic]) -> list[tuple[str, YamlText]]:
    """Lay a list or mapping of labels flat: editions.1, languages.fr."""
    inner: Sequence[tuple[str, YamlNode]]
    match node:
        case YamlText():
            inner = [(key, node)]
        case YamlList():
            inner = [(f"{key}.{number}", item) for number, item in enumerate(node.items, start=1)]
        case YamlMap():
            inner = [(f"{key}.{entry.key}", entry.value) for entry in node.entries]
    texts = []
    for name, value in inner:
        if isinstance(value, YamlText) and not value.is_nothing:
            texts.append((name, value))
        else:
            message = f'The label "{name}" should be a text.'
            found.append(Diagnostic(Rule.VALUE_IS_VALID, message, value.span))
    return texts


# --- Domains and terms ----------------------------------------------------------------------


def read_domains(shelf: Shelf, level: str) -> tuple[Domain, ...]:
    """Read domains.yml; what a domain looks at is that of the level."""
    file = shelf.find_needed("domains.yml", "every profile")
    if file is None:
        return ()
    parsed = parse_yaml(file.text, file.path)
    shelf.found.extend(parsed.diagnostics)
    if parsed.value is None:
        return ()
    checked = validate(parsed.value, DomainsFile)
    shelf.found.extend(checked.diagnostics)
    entries = checked.value.domains if checked.value else []
    domains: list[Domain] = []
    for index, entry in enumerate(entries):
        span = span_of(parsed.value, ("domains", index))
        if entry.id in {domain.id for domain in domains}:
            message = f'The domain "{entry.id}" stands twice.'
            shelf.found.append(Diagnostic(Rule.KEY_IS_UNIQUE, message, span))
        looks_at = _for_level(entry.looks_at, level)
        domains.append(Domain(entry.id, index + 1, entry.name, entry.title, looks_at, span))
    return tuple(domains)


def read_terms(shelf: Shelf) -> tuple[Term, ...]:
    """Read terms.yml, which a language may lack."""
    file = shelf.find("terms.yml")
    parsed: Outcome[YamlMap | None] = parse_yaml(file.text, file.path) if file else Outcome(None)
    shelf.found.extend(parsed.diagnostics)
    if parsed.value is None:
        return ()
    checked = validate(parsed.value, TermsFile)
    shelf.found.extend(checked.diagnostics)
    return tuple(
        Term(entry.use, tuple(way for each in entry.not_ if (way := each.strip())), entry.unless)
        for entry in (checked.value.terms if checked.value else [])
    )


def _for_level(looks_at: LooksAt, level: str) -> str:
    if level == "local":
        return looks_at.local
    if level == "state" and looks_at.state:
        return looks_at.state
    return looks_at.national
