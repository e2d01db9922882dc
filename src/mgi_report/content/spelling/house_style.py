"""Step 2, resolve: what a copy editor would mend, by the rules of house-style.yml.

Quotations, titles, words in another language, words of links to sources and addresses are passed
over. Abbreviations are followed from one section to the next, as a reader meets them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mgi_report.content.model import (
    CrossReference,
    Document,
    Emphasis,
    Inline,
    Link,
    Phrase,
    Profile,
    Quote,
    Strong,
    Table,
)
from mgi_report.content.spelling.remains import without_notes
from mgi_report.content.spelling.stretches import LEFT_OUT, Stretch, matches, stretch_of
from mgi_report.content.walk import data_runs_of, runs_of
from mgi_report.content.words import HouseRule, HouseStyle
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span

_ABBREVIATION = re.compile(r"(?<![\w.-])[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:-\d+)?(?![\w$-])")
"""Two capitals in a word: ECOWAS, MiGOF, COVID-19."""
_INTRODUCED = re.compile(rf"(?<=\w )\(({_ABBREVIATION.pattern})\)")
_BESIDE = re.compile(rf"(?:{_ABBREVIATION.pattern}) $"), re.compile(rf" {_ABBREVIATION.pattern}")
"""Before and behind a word: abbreviations in a row are a name that is written so."""
_EXEMPT = re.compile(r"""\S*(?:://|@|\bwww\.)\S*|(?<!\w)"[^"]*"(?!\w)""")
"""Addresses, and what stands in straight quotation marks."""
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[\n\ufffc])$")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[^\W\d_a-z]|\d)")
_FULL_STOP = re.compile(r"(?:^|[.!?]\s+)$")
_ROMAN = re.compile(r"[IVXLC]+")
_PLURAL = re.compile(r"(?<=[A-Z])s$")


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that the house style would have otherwise."""

    span: Span
    rule: str
    """Id of the rule."""
    says: str
    """What the rule asks for, with an example."""
    written: str
    instead: str = ""
    """What would stand there, "" where that is open."""
    is_safe: bool = False
    """Whether a program may mend it."""
    wrong: str = ""
    """What is wrong, where it is not the words that are written."""

    def told(self) -> Diagnostic:
        """Tell it."""
        wrong = self.wrong or (
            f'"{self.written.strip()}" is written "{self.instead.strip()}" in this house'
            if self.instead
            else f'"{self.written.strip()}" is not as this house writes it'
        )
        message = f"{wrong} ({self.rule})."
        return Diagnostic(Rule.HOUSE_STYLE_IS_KEPT, message, self.span, self.says, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class _Run:
    """A paragraph's words, and where they stand."""

    stretch: Stretch
    is_table: bool = False
    is_italic: bool = False


def house_style(profile: Profile, style: HouseStyle, order: Sequence[str]) -> list[Finding]:
    """Find what a copy editor would mend; `order` names the sections as they are read.

    `profile` is one that step 2 has been through. What was lent from another language was judged
    in its own.
    """
    runs = list(_runs(profile, order))
    found = [
        finding
        for run in runs
        for rule in style.rules
        if rule.in_italics == run.is_italic and (rule.in_tables or not run.is_table)
        for finding in _found(rule, run.stretch)
    ]
    draft = profile.labels.get("draft", "").upper()  # the gate tells of it
    numbers = " ".join(profile.facts.identifiers.values())  # a reference number ends in letters
    known = style.known | {draft, *_ABBREVIATION.findall(numbers.replace("/", " "))}
    told = tuple(found)
    found += (
        each
        for each in _abbreviations([run.stretch for run in runs if not run.is_italic], known)
        if not any(_stands_in(each.span, other) for other in told)
    )
    return sorted(found, key=lambda each: each.span)


def _stands_in(span: Span, other: Finding) -> bool:
    """Say whether a place is in words that are told already: "US" in "the US"."""
    end = other.span.column + len(other.written)
    return (span.file, span.line) == (other.span.file, other.span.line) and (
        other.span.column <= span.column < end
    )


def _without_exempt(stretch: Stretch) -> Stretch:
    for match in _EXEMPT.finditer(stretch.names):
        stretch.leave_out(match.start(), match.end())
    return without_notes(stretch)


def _found(rule: HouseRule, stretch: Stretch) -> Iterator[Finding]:
    for match in matches(rule.find, stretch.text):
        before = stretch.text[: match.start()].split()[-1:]
        after = stretch.text[match.end() :].split()[:1]
        if rule.not_behind.intersection(map(_bare, before)):
            continue
        if rule.not_before.intersection(map(_bare, after)):
            continue
        if rule.not_in_names and _is_name(match, stretch.text):
            continue
        if rule.not_with and rule.not_with.search(_sentence_around(match)):
            continue
        instead = rule.instead_of(match)
        if match[0][0].isdigit() and _FULL_STOP.search(stretch.text[: match.start()]):
            instead = instead[:1].upper() + instead[1:]
        span = stretch.at(match.start())
        yield Finding(span, rule.id, rule.explained, match[0], instead, rule.is_safe)


def _bare(word: str) -> str:
    return word.strip(".,;:!?()").casefold()


def _sentence_around(match: re.Match[str]) -> str:
    """Give the sentence without what was found in it."""
    before = _SENTENCE_END.split(match.string[: match.start()])[-1]
    return f"{before}{LEFT_OUT}{_SENTENCE_END.split(match.string[match.end() :])[0]}"


def _is_name(match: re.Match[str], text: str) -> bool:
    """Say whether what was found has a capital within a sentence."""
    return match[0][0].isupper() and not _SENTENCE_START.search(text[: match.start()])


# --- Abbreviations ----------------------------------------------------------------------------


def _abbreviations(stretches: Sequence[Stretch], known: frozenset[str]) -> Iterator[Finding]:
    """Find those that no reader can know yet, and those that are introduced for nothing."""
    introduced: dict[str, Span] = {}
    used: set[str] = set()
    told: set[str] = set()
    for stretch in stretches:
        if listed := _ABBREVIATION.fullmatch(stretch.text.strip()):
            introduced.setdefault(listed[0], stretch.at(0))  # an entry of a list of acronyms
            used.add(listed[0])
            continue
        fresh = {match.start(1) for match in matches(_INTRODUCED, stretch.names)}
        for match in matches(_ABBREVIATION, stretch.names):
            word = _PLURAL.sub("", match[0])
            if known.intersection((word, match[0])) or _ROMAN.fullmatch(word):
                continue
            if match.start() in fresh and word not in introduced:
                introduced[word] = stretch.at(match.start())
                if stretch.text[match.start()] != match[0][0]:
                    used.add(word)  # by the title of a source, which stays as it is
                continue
            used.add(word)
            if word in introduced or word in told or not _is_own(stretch, match):
                continue
            told.add(word)
            wrong = f'"{match[0]}" is not spelt out where it stands first'
            says = "Write it out and put the abbreviation behind: Integrated Data System (IDS)."
            span = stretch.at(match.start())
            yield Finding(span, "abbreviations", says, match[0], wrong=wrong)
    for word, span in introduced.items():
        if word not in used:
            wrong = f'"{word}" is introduced here and not used again'
            says = "Leave the abbreviation out, with its brackets."
            yield Finding(span, "abbreviations", says, word, wrong=wrong)


def _is_own(stretch: Stretch, match: re.Match[str]) -> bool:
    """Say whether it is the paragraph's own word: no title of a source, no part of a name."""
    before, behind = _BESIDE
    return (
        stretch.text[match.start() : match.end()] == match[0]
        and not before.search(stretch.text[: match.start()])
        and not behind.match(stretch.text, match.end())
    )


# --- What is read -----------------------------------------------------------------------------


def _runs(profile: Profile, order: Sequence[str]) -> Iterator[_Run]:
    for section in order:
        document = profile.documents.get(section)
        if document and ("document", section) not in profile.lent:
            yield from _runs_of(document)
        data = profile.data.get(section)
        if data and ("data", section) not in profile.lent:
            for run in data_runs_of(data):
                yield from _read(run)


def _runs_of(document: Document) -> Iterator[_Run]:
    for block in document.blocks:
        if isinstance(block, Quote):
            continue
        for run in runs_of([block]):
            yield from _read(run, is_table=isinstance(block, Table))
    for note in document.notes.values():
        for run in runs_of(note.blocks):
            yield from _read(run)


def _read(run: tuple[Inline, ...], *, is_table: bool = False) -> Iterator[_Run]:
    yield _Run(_without_exempt(stretch_of(run)), is_table)
    for words in _in_italics(run):
        yield _Run(_without_exempt(stretch_of(words)), is_table, is_italic=True)


def _in_italics(run: Iterable[Inline]) -> Iterator[tuple[Inline, ...]]:
    """Find what is emphasized; words in another language and those of sources are passed over."""
    for node in run:
        match node:
            case Emphasis(kids=words, lang=None):
                yield words
            case Phrase(kids=words, lang=None) | Strong(kids=words, lang=None):
                yield from _in_italics(words)
            case CrossReference(kids=words) | Link(kids=words, is_address=False):
                yield from _in_italics(words)
