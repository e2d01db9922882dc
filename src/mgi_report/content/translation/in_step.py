"""Step 1, load: a translation is held against its original, and against what is kept of both."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname

from mgi_report.content.shared import Shelf
from mgi_report.content.translation.amounts import compare_titles
from mgi_report.content.translation.changes import Change, Changes
from mgi_report.content.translation.comparing import compare, meant
from mgi_report.content.translation.copied import check_copied
from mgi_report.content.translation.measures import compare_measures
from mgi_report.content.translation.overlay import FILE as SOURCES
from mgi_report.content.translation.pairing import paired, told, uneven_tables
from mgi_report.content.translation.record import FILE as RECORD
from mgi_report.content.translation.record import Record, command, read_record
from mgi_report.content.translation.translated import Translated, names_of, read_translated
from mgi_report.content.words import Language
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span
from mgi_report.layout.model import Looks

_IN_ALL = ("labels.yml",)
"""Of these, each folder adds to those behind it; of others, the nearest is printed."""


def originals_of(shelf: Shelf) -> frozenset[str]:
    """Name the languages that the texts of a shelf were translated from."""
    records = (read_record(shelf.project, folder).value for folder in shelf.folders)
    return frozenset({shelf.original, *(record.original for record in records if record)})


def check_in_step(
    shelf: Shelf, names: Collection[str], looks: Looks, languages: Mapping[str, Language]
) -> Iterator[Diagnostic]:
    """Find where a translation does not follow its original; nothing for the original itself.

    `names` are the files that the profile is made of, `languages` what is known of each
    language. What all profiles share is held against what it was translated from, which need not be
    the language of the profile's original.
    """
    if shelf.behind is None:
        return
    own, *shared = shelf.folders
    wanted = set(names)
    for folder in (own, *shared):
        record = read_record(shelf.project, folder)
        yield from record.diagnostics
        is_shared = folder != own
        lang = record.value.original if is_shared and record.value else shelf.original
        there = [each for each in names_of(shelf.project, folder, lang) if each in wanted]
        wanted -= {*there} - {*_IN_ALL} | {SOURCES}
        folder_of = _Folder(shelf, folder, lang, looks, languages)
        yield from folder_of.check_copied(there)
        if record.value or not is_shared:  # else it may be what the others were translated from
            yield from folder_of.check(there, record.value, is_known=not record.diagnostics)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder of translations from one language."""

    shelf: Shelf
    path: str
    lang: str
    looks: Looks
    languages: Mapping[str, Language]

    def check_copied(self, names: Collection[str]) -> Iterator[Diagnostic]:
        """Find what is still in the words of the original."""
        for name in names:
            text = self._read(name)
            if text:
                langs = self.lang, self.shelf.lang
                yield from check_copied(text.originals, text.passages, langs)

    def check(
        self, names: Collection[str], record: Record | None, *, is_known: bool
    ) -> Iterator[Diagnostic]:
        """Check some texts; where `is_known` is false, why nothing is kept has been told."""
        is_of_another = record is not None and record.original != self.lang
        unknown = []
        for name in names:
            path = f"{self.path}/{name}"
            text = self._read(name)
            if text is None:
                continue
            lines = record.files.get(name) if record and not is_of_another else None
            changes = None
            if lines is None:
                unknown.append(name)
            else:
                changes = Changes(lines, text.originals, text.passages, path)
                yield from _all_told(changes, text)
            tongues = (
                self.languages.get(self.lang, Language()),
                self.languages.get(self.shelf.lang, Language()),
            )
            if text.is_markdown:
                yield from compare(text.originals, text.passages, path, changes, tongues)
            elif name == SOURCES:
                titles = read_translated(
                    self.shelf.project, path, self.lang, words=("title",)
                ).value
                if titles:
                    yield from compare_titles(titles.originals, titles.passages, tongues)
            else:
                yield from _measured(text, changes, path)
        if record and is_of_another:
            message = (
                f'It is kept here that the texts were translated from "{record.original}", but '
                f'the original is "{self.lang}", the first language in profile.yml.'
            )
            yield self._of_record(message, "Put the languages in order; or, if all is in step,")
        elif unknown and is_known:
            message = f"It is not kept what these were translated from: {', '.join(unknown)}."
            yield self._of_record(message, "Where they are in step with the original,")

    def _read(self, name: str) -> Translated | None:
        """Read a text; why it cannot be read is told where the profile is."""
        path = f"{self.path}/{name}"
        return read_translated(self.shelf.project, path, self.lang, self.looks).value

    def _of_record(self, message: str, where: str) -> Diagnostic:
        hint = f"{where} say so: {command(self.path)}"
        span = Span(f"{self.path}/{RECORD}")
        return Diagnostic(Rule.TRANSLATION_IS_IN_STEP, message, span, hint, Severity.WARNING)


def _measured(text: Translated, changes: Changes | None, path: str) -> Iterator[Diagnostic]:
    """Hold the entries of a YAML file against those of its original."""
    known = changes.counterparts if changes else paired(text.originals, text.passages)
    pairs = {index: (text.originals[index], text.passages[known[index]]) for index in known}
    agreed = changes.agreed if changes else frozenset()
    unsaid = [pair for index, pair in pairs.items() if index not in agreed]
    say = meant(path, is_kept=changes is not None)
    yield from compare_measures([*pairs.values()], unsaid, say)


def _all_told(changes: Changes, text: Translated) -> Iterator[Diagnostic]:
    """Tell of each change that is no consequence of another.

    Entries of YAML files that are missing are told where they are read.
    """
    missing = {change.new for change in changes if change.new is not None and not change.passage}
    uneven = uneven_tables(text.originals, text.passages, changes.counterparts)
    causes = told(text.originals, missing, uneven) if text.is_markdown else []
    for change in changes:
        if change.new not in missing or change.new in causes:
            yield _told(change, text)


def _told(change: Change, text: Translated) -> Diagnostic:
    passage = change.passage if change.new is None else text.originals[change.new]
    kind = passage.kind if passage else "passage"
    there = passage.span if passage and change.new is not None else text.original
    message = {
        "changed": f"This {kind} is behind the original: {there} has changed.",
        "moved": f"The original of this {kind} stands elsewhere now: {there}.",
        "gone": f"The original of this {kind} is gone from {there}.",
        "new": f"The original of this {kind} is new: {there}.",
        "lost": "",
    }[change.kind]
    hint = "Bring it up to date, then say so:"
    if change.passage is None:
        said = {"changed": "has changed", "new": "is new", "lost": "stands"}[change.kind]
        all_of_it = ", with what stands under it" if kind == "heading" else ""
        message = f"Behind this a {kind} is missing, which {said} in the original: {there}"
        message += f"{all_of_it}."
        if change.kind == "lost":
            hint = "Put it there; or, if it is meant, say so:"
    hint = f"{hint} {command(dirname(text.path))} {text.name}:{change.span.line}"
    return Diagnostic(Rule.TRANSLATION_IS_IN_STEP, message, change.span, hint, Severity.WARNING)
