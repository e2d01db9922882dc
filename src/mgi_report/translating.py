"""What a translator may say: these texts are in step with the original (translation.yml)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import basename, join

from mgi_report.content.files import names_in
from mgi_report.content.loading.facts import read_profile_file
from mgi_report.content.loading.wordlists import read_languages
from mgi_report.content.shared import Shelf
from mgi_report.content.translation.changes import Change, Changes
from mgi_report.content.translation.copied import check_copied
from mgi_report.content.translation.order import exchanged_calls, out_of_order
from mgi_report.content.translation.pairing import paired_stretches
from mgi_report.content.translation.record import FILE, Line, Record, read_record, written
from mgi_report.content.translation.translated import Translated, names_of, read_translated
from mgi_report.content.words import Language
from mgi_report.diagnostics import Diagnostic, Rule, Span, has_errors, nearest
from mgi_report.project import DiskProject, open_project, shown
from mgi_report.writing import write_whole

_ALL = -1
"""In the place of a line: the whole file."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was said to be in step, and written."""

    path: str = ""
    """Where it is kept; empty where nothing was written."""
    files: tuple[str, ...] = ()
    """The names of the texts."""
    diagnostics: tuple[Diagnostic, ...] = ()


def translated(
    folder: str | Path, lang: str, places: Sequence[str] = (), original: str | None = None
) -> Agreed:
    """Keep that texts in a language are in step with their original as both are now.

    `folder` is the profile's, or that of shared texts; `places` are files of the language's folder,
    "updates.md", or passages in them by their line, "updates.md:12"; all files when empty.
    `original` is the language they were translated from, where neither profile.yml nor
    translation.yml says so. All of it is written, or, where something is wrong, nothing.
    """
    project, inside = open_project(Path(folder))
    here = join(inside, lang) if inside else lang
    found: list[Diagnostic] = []
    before = read_record(project, here).value
    source = _original(project, inside, lang, original or (before.original if before else None))
    if isinstance(source, Diagnostic):
        return Agreed(diagnostics=(source,))
    kept = dict(before.files) if before and before.original == source else {}
    known = names_of(project, here, source)
    wanted = _wanted(places, known, here, found)
    texts: dict[str, Translated] = {}
    for name in wanted:
        read = read_translated(project, f"{here}/{name}", source)
        found += read.diagnostics
        if read.value:
            texts[name] = read.value
    marks = _marks(project, inside, source, lang)
    agreed = {
        name: _agreed(text, kept.get(name), wanted[name], marks, found)
        for name, text in texts.items()
    }
    if has_errors(found) or not agreed:
        if not found:
            message = f'There is nothing in {here} that was translated from "{source}".'
            found.append(Diagnostic(Rule.FILE_EXISTS, message, Span(here)))
        return Agreed(diagnostics=tuple(found))
    for text in texts.values():
        found += check_copied(text.originals, text.passages, (source, lang))
    files = {name: lines for name, lines in kept.items() if name in known} | agreed
    path = project.path(f"{here}/{FILE}")
    try:
        write_whole(path, written(Record(source, files)).encode())
    except OSError as error:
        message = f"What is in step cannot be written: {error.strerror}."
        hint = "Look whether the folder can be written to and the disk has room."
        wrong = Diagnostic(Rule.FILE_EXISTS, message, Span(f"{here}/{FILE}"), hint)
        return Agreed(diagnostics=(wrong,))
    return Agreed(shown(path), tuple(agreed), tuple(found))


def _original(project: DiskProject, folder: str, lang: str, given: str | None) -> str | Diagnostic:
    """Give the language that a folder was translated from, or say why it was from none."""
    path = join(folder, "profile.yml")
    if "profile.yml" in names_in(project, folder):
        read = read_profile_file(project, folder)
        if read.value is None or not read.value.is_whole:
            return next(iter(read.diagnostics))
        languages = read.value.value.languages
        if lang not in languages:
            hint = f"Its languages are {', '.join(languages)}."
            message = f'The profile does not appear in the language "{lang}".'
            return Diagnostic(Rule.VALUE_IS_VALID, message, Span(path), hint)
        given = languages[0]
    if given is None:
        message = f"There is no profile.yml in {folder or 'this folder'}, to say the original."
        hint = "For texts that profiles share, say the language with --original en."
        return Diagnostic(Rule.FILE_EXISTS, message, Span(path), hint)
    if given == lang:
        message = f'"{lang}" is the original; only its translations can be behind it.'
        return Diagnostic(Rule.VALUE_IS_VALID, message, Span(join(folder, lang)))
    return given


def _wanted(
    places: Sequence[str], known: Sequence[str], folder: str, found: list[Diagnostic]
) -> dict[str, set[int]]:
    """Read which files are meant, and which lines of them."""
    wanted: dict[str, set[int]] = {name: {_ALL} for name in known} if not places else {}
    for place in places:
        named, _, number = place.partition(":")
        name, line = basename(named), number.partition(":")[0]
        if name not in known:
            message = f'There is no translation "{name}" in {folder}, or no original of it.'
            hint = nearest(name, known) or f"There is: {', '.join(known) or 'none'}."
            found.append(Diagnostic(Rule.FILE_EXISTS, message, Span(f"{folder}/{name}"), hint))
        elif number and not (line.isascii() and line.isdigit()):
            message = f'"{number}" is no line of {name}.'
            hint = f"Write the file and a line in it: {name}:12"
            found.append(Diagnostic(Rule.VALUE_IS_VALID, message, Span(f"{folder}/{name}"), hint))
        else:
            wanted.setdefault(name, set()).add(int(line) if number else _ALL)
    return wanted


def _agreed(
    text: Translated,
    lines: tuple[Line, ...] | None,
    wanted: set[int],
    marks: tuple[str, str],
    found: list[Diagnostic],
) -> tuple[Line, ...]:
    """Give what is to be kept of a text."""
    changes = Changes(lines or (), text.originals, text.passages, text.path)
    elsewhere = _elsewhere(text, changes, marks) if text.is_markdown else {}
    if _ALL in wanted:
        return changes.kept(elsewhere={one: other for one, (other, _) in elsewhere.items()})
    if lines is None:
        message = "Nothing is kept of this file yet, so that single passages cannot be in step."
        hint = f"Once all of it is in step, say so of the file: {text.name}"
        found.append(Diagnostic(Rule.VALUE_IS_VALID, message, Span(text.path), hint))
        return ()
    said: set[Change] = set()
    meant: set[int] = set()
    for line in wanted:
        starts = [passage.span.line for passage in text.passages if passage.span.line <= line]
        here = {line, max(starts, default=1)}
        told = {change for change in changes if change.span.line in here}
        mine = {
            index
            for index, other in changes.counterparts.items()
            if index not in changes.agreed and text.passages[other].span.line in here
        }
        mine |= {one for one, (_, place) in elsewhere.items() if place in here}
        if not told and not mine:
            message = "Here nothing is behind the original."
            hint = "Give the line of a message, such as that of the paragraph's beginning."
            found.append(Diagnostic(Rule.VALUE_IS_VALID, message, Span(text.path, line), hint))
        said |= told
        meant |= mine
    settled = {
        one: other
        for one, (other, _) in elsewhere.items()
        if one in meant or one in changes.settled
    }
    return changes.kept(said.__contains__, meant.__contains__, settled)


def _elsewhere(
    text: Translated, changes: Changes, marks: tuple[str, str]
) -> dict[int, tuple[int, int]]:
    """Find the passages and notes that stand or are called elsewhere, with counterpart and line."""
    sides = text.originals, text.passages
    stretches = list(paired_stretches(*sides, changes.counterparts))
    moved = out_of_order(*sides, stretches, changes.same_words, marks)
    spans = {text.originals[one].span for one in moved}
    spans |= {text.passages[other].span for other in moved.values()}
    found = {one: (other, text.passages[other].span.line) for one, other in moved.items()}
    notes = {each.anchor: index for index, each in enumerate(sides[0]) if each.kind == "footnote"}
    for mine, theirs in exchanged_calls(*sides, spans):
        note = notes.get(mine.label)
        if note is not None and note in changes.counterparts:
            found[note] = changes.counterparts[note], theirs.span.line
    return found


def _marks(project: DiskProject, folder: str, source: str, lang: str) -> tuple[str, str]:
    """Give the decimal marks of the two languages."""
    known = read_languages(Shelf(project, folder, lang, source), (source, lang))
    one, other = (known.get(tag, Language()).decimal_mark for tag in (source, lang))
    return one, other
