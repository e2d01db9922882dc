"""Step 1, load: where the words of a profile lie, and the domains that profiles share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from posixpath import dirname

from pydantic import ValidationError

from mgi_report.content.files import names_in, read_text
from mgi_report.content.model import Domain
from mgi_report.content.schema import DomainEntry, DomainsFile
from mgi_report.content.validate import judge, key_span, span_of, validate, without_markup
from mgi_report.content.yaml import YamlList, YamlMap, YamlNode, YamlText, node_at, parse_yaml
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span, nearest, nearest_name
from mgi_report.layout.model import Layout
from mgi_report.project import Project

DOMAINS = "domains.yml"


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
    original: str = ""
    """The language that the profile was written in; itself where none is given."""
    found: list[Diagnostic] = field(default_factory=list)
    """What was wrong with the files that were found."""
    lacking: list[str] = field(default_factory=list)
    """Paths at which a translation has no file, so that the original's was taken."""

    @property
    def behind(self) -> Shelf | None:
        """Where the words of the original lie, None for the original itself."""
        if self.original in ("", self.lang):
            return None
        return Shelf(self.project, self.folder, self.original, self.original)

    @property
    def folders(self) -> tuple[str, ...]:
        """The profile's own folder, the one shared by its neighbours, and what is shipped."""
        beside = dirname(self.folder)
        shared = f"{beside}/shared/{self.lang}" if beside else f"shared/{self.lang}"
        own = f"{self.folder}/{self.lang}" if self.folder else self.lang
        return tuple(dict.fromkeys((own, shared, f"content/shared/{self.lang}")))

    def find_all(self, name: str) -> list[File]:
        """Read a file wherever it lies, nearest first."""
        files = (self.read(f"{folder}/{name}") for folder in self.folders)
        return [file for file in files if file]

    def find(self, name: str) -> File | None:
        """Read a file where it lies nearest. None with a diagnostic where it cannot be read."""
        for folder in self.folders:
            before = len(self.found)
            file = self.read(f"{folder}/{name}")
            if file or len(self.found) > before:
                return file
        return None

    def find_needed(self, name: str, what: str) -> File | None:
        """Read a file, and report where it was looked for if it is nowhere.

        Where a translation has none, or only a shared one where the original has its own, that of
        the original is taken.
        """
        behind = self.behind
        if behind is None:
            return self._find_needed(name, what)
        before = len(self.found)
        own = self.read(f"{self.folders[0]}/{name}")
        is_own = behind.has_own(name)
        file = own or (None if is_own else self.find(name))
        if file or len(self.found) > before:
            return file
        lent = behind._find_needed(name, what)  # noqa: SLF001  its own
        self.found.extend(behind.found)
        if lent:
            there = behind.folders.index(dirname(lent.path))
            self.lacking.append(f"{self.folders[there]}/{name}")
            return lent
        return None

    def has_own(self, name: str) -> bool:
        """Say whether the profile itself has a file, beside what is shared."""
        return name in names_in(self.project, self.folders[0])

    def _find_needed(self, name: str, what: str) -> File | None:
        before = len(self.found)
        file = self.find(name)
        if file is None and len(self.found) == before:
            own = self.folders[0]
            near = nearest(name, names_in(self.project, own))
            hint = near or f"It was looked for in {', '.join(self.folders)}."
            message = f"There is no file {name}, which {what} needs."
            self.found.append(Diagnostic(Rule.FILE_EXISTS, message, Span(f"{own}/{name}"), hint))
        return file

    def read(self, path: str) -> File | None:
        """Read a file of a path. None, with a diagnostic, where it is there but cannot be read."""
        text = read_text(self.project, path)
        self.found.extend(text.diagnostics)
        return None if text.value is None else File(path, text.value)


# --- Domains --------------------------------------------------------------------------------


def read_domains(shelf: Shelf, layout: Layout, level: str) -> tuple[Domain, ...]:
    """Read domains.yml, and hold it against the chapters that the layout has.

    What a domain looks at is that of the level. The domains are those of the layout, if it has
    chapters of domains: a stand-in takes the place of one that is wrong or missing.
    """
    file = shelf.find_needed(DOMAINS, "every profile")
    parsed: Outcome[YamlMap | None] = parse_yaml(file.text, file.path) if file else Outcome(None)
    shelf.found.extend(parsed.diagnostics)
    there: dict[str, Domain] = {}
    if parsed.value:
        shelf.found.extend(validate(parsed.value, DomainsFile).diagnostics)
        shelf.found.extend(without_markup(parsed.value))
        entries = node_at(parsed.value, ("domains",))
        if isinstance(entries, YamlList):
            there = _domains_in(entries, layout, level, shelf.found)
            shelf.found.extend(_disagreements(there, layout, entries.span))
    stand_ins = {name: Domain(name, 0, "…", "…", "…") for name in layout.domains}
    return tuple(
        replace(there.get(name, each), number=number)
        for number, (name, each) in enumerate((stand_ins or there).items(), start=1)
    )


def _domains_in(
    entries: YamlList, layout: Layout, level: str, found: list[Diagnostic]
) -> dict[str, Domain]:
    """Read the entries that have an id; what is wrong inside them has been told."""
    domains: dict[str, Domain] = {}
    for node in entries.items:
        name = node_at(node, ("id",))
        if not isinstance(name, YamlText) or name.is_nothing:
            continue
        if first := domains.get(name.text):
            message = f'The domain "{name.text}" stands twice.'
            hint = f"It stands in line {first.span.line} already."
            found.append(Diagnostic(Rule.KEY_IS_UNIQUE, message, name.span, hint))
            continue
        entry = judge(node, DomainEntry)
        if isinstance(entry, ValidationError):
            domains[name.text] = Domain(name.text, 0, "…", "…", "…", name.span)
        else:
            found += _check_levels(node, entry, layout, level)
            looks_at = entry.looks_at.get(level, "…")
            domains[entry.id] = Domain(entry.id, 0, entry.name, entry.title, looks_at, name.span)
    return domains


def _disagreements(there: Mapping[str, Domain], layout: Layout, span: Span) -> Iterator[Diagnostic]:
    """Find domains without a chapter, chapters without a domain, and another order."""
    asked = layout.domains
    if not asked:
        return
    missing = [name for name in asked if name not in there]
    listed = f"The layout has: {', '.join(asked)}."
    for name in (name for name in there if name not in asked):
        near = nearest_name(name, missing)
        if near:
            missing.remove(near)
        message = f'The layout "{layout.name}" has no chapter of a domain "{name}".'
        hint = f'Did you mean "{near}"?' if near else listed
        yield Diagnostic(Rule.VALUE_IS_VALID, message, there[name].span, hint)
    for name in missing:
        message = f'There is no domain "{name}", of which the layout "{layout.name}" has a chapter.'
        yield Diagnostic(Rule.FIELD_IS_PRESENT, message, span, listed)
    if {*there} == {*asked}:
        for name, other in zip(there, asked, strict=True):
            if name != other:
                message = f'The domain "{name}" stands where "{other}" should.'
                hint = f"The order is that of the chapters. {listed}"
                yield Diagnostic(Rule.VALUE_IS_VALID, message, there[name].span, hint)
                break


def _check_levels(
    node: YamlNode, entry: DomainEntry, layout: Layout, level: str
) -> Iterator[Diagnostic]:
    """See that a domain has words for the profile's level, and for none that does not exist."""
    known = layout.levels
    for name in entry.looks_at:
        if known and name not in known:
            message = f'The layout "{layout.name}" has no level "{name}".'
            hint = nearest(name, known) or f"It has: {', '.join(known)}."
            span = key_span(node, ("looks-at", name))
            yield Diagnostic(Rule.KEY_IS_KNOWN, message, span, hint)
    if level not in entry.looks_at:
        message = f'It is not said what the domain "{entry.id}" looks at in a {level} profile.'
        span = span_of(node, ("looks-at",))
        yield Diagnostic(Rule.FIELD_IS_PRESENT, message, span, f"Add {level}: … to looks-at.")
