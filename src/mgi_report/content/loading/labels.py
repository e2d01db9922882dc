"""Step 1, load: the words that program and layout print, labels.yml."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mgi_report.content.facts import Facts
from mgi_report.content.forms import mail_address, web_address
from mgi_report.content.shared import Shelf
from mgi_report.content.validate import FormError, without_markup, without_variables
from mgi_report.content.yaml import YamlEntry, YamlList, YamlMap, YamlNode, YamlText, parse_yaml
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span, nearest
from mgi_report.layout.model import Layout

PRINTED = (
    "series",
    "editions[]",
    "document-title",
    "document-subject",
    "indicators",
    "covid-questions",
    "note",
    "note-of-section",
    "back-to-text",
    "next",
    "and",
    "and-others",
    "no-date",
    "available-at",
    "accessed",
    "not-online",
    "date",
    "month-and-year",
    "first-day",
    "months[]",
)
"""The labels that the program itself prints, in any layout; those with [] are lists."""

PATTERNS = {
    "next": "{first}, {next}",
    "and": "{first} and {last}",
    "and-others": "{first} et al.",
    "note": "Note {number}",
    "note-of-section": "{section}, note {number}",
    "back-to-text": "{note}: back to the text",
    "date": "{day} {month} {year}",
    "month-and-year": "{month} {year}",
}
"""Of labels that have places to be filled, a text that has each place once, as theirs must."""

FILE = "labels.yml"
_EARLY = frozenset({"next", "and", "and-others"})
"""They join the names of authors before variables have their values."""
MONTHS = 12
OTHER = "other"
"""Of a label that differs by level or edition, the key of what it says in all other profiles."""

_PLACE = re.compile(r"\{[a-z]+\}")
_STAND_IN = "…"


@dataclass(frozen=True, slots=True)
class Labels:
    """The words in one language; of a list, the first is editions.1."""

    texts: dict[str, str] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    lent: set[str] = field(default_factory=set)
    """Those that a translation has from the original."""


def read_labels(
    shelf: Shelf, layout: Layout, facts: Facts, original: Labels | None = None
) -> Labels:
    """Read labels.yml; a nearer one changes single labels of those behind it.

    The labels are those that the program prints, those that the layout lists, and the titles of its
    sections. Those that this profile does not print may be missing. A stand-in takes the place of
    a label that is wrong or missing; in a translation, that of the `original`.
    """
    titles = [*(spec.label for spec in layout.sections if spec.label), *layout.dropped]
    printed = layout.sections_of(facts.level, facts.edition, facts.sections)
    idle = {*titles} - {spec.label for spec in printed} - {*PRINTED, *layout.labels}
    names = dict.fromkeys((*PRINTED, *layout.labels, *titles))
    known = {name.removesuffix("[]"): name.endswith("[]") for name in names}
    reader = _Reader(shelf, layout, (facts.level, facts.edition), known)
    least = {"editions": facts.number, "months": MONTHS}
    files = shelf.find_all(FILE)
    behind = shelf.behind
    if not files and behind is None:
        shelf.find_needed(FILE, "every profile")
    is_whole = bool(files)
    for file in reversed(files):
        parsed = parse_yaml(file.text, file.path)
        shelf.found.extend(parsed.diagnostics)
        is_whole = is_whole and parsed.value is not None
        for entry in parsed.value.entries if parsed.value else ():
            reader.take(entry)
    if original and behind:
        missing = files[-1].path if files else ""
        lent = reader.borrow(original, behind, idle)
        shelf.found.extend(_untranslated(lent, missing, shelf))
        if not files:
            shelf.lacking.append(f"{shelf.folders[-1]}/{FILE}")
    reader.complete(least, idle, files[-1].path if is_whole else None)
    return reader.labels


def _untranslated(
    lent: Iterable[tuple[str, bool]], missing: str, shelf: Shelf
) -> Iterator[Diagnostic]:
    """Say once for each file which labels are printed in the original language."""
    places: dict[str, list[str]] = {}
    for name, is_own in lent:
        places.setdefault(f"{shelf.folders[0]}/{FILE}" if is_own else missing, []).append(name)
    for path, names in places.items():
        if path:
            some = ", ".join(f'"{name}"' for name in names)
            message = f'These labels are there in "{shelf.original}" only: {some}.'
            hint = f'Add them to this file in "{shelf.lang}"; they are printed as they are there.'
            yield Diagnostic(Rule.TRANSLATION_IS_WHOLE, message, Span(path), hint, Severity.WARNING)


class _Reader:
    """Takes labels one by one; what is wrong goes on the shelf."""

    def __init__(
        self, shelf: Shelf, layout: Layout, kind: tuple[str, str], known: Mapping[str, bool]
    ) -> None:
        """Take the profile's level and edition, and of each label whether it is a list."""
        self.labels = Labels()
        self._shelf = shelf
        self._found = shelf.found
        self._layout = layout
        self._kind = kind
        self._known = known
        self._there: dict[str, int | None] = {}
        """Label → how many texts it has; None where its error has been told."""

    def take(self, entry: YamlEntry) -> None:
        """Take a label from a file; it replaces the one taken before."""
        key = entry.key
        if key not in self._known:
            hint = nearest(key, self._known) or "Nothing prints it; take it away."
            self._wrong(Rule.KEY_IS_KNOWN, f'There is no label "{key}".', entry.span, hint)
            return
        self._there[key] = None
        value = self._choice(key, entry.value) if isinstance(entry.value, YamlMap) else entry.value
        if value is None:
            return
        if self._known[key] != isinstance(value, YamlList):
            asked = "a list of texts" if self._known[key] else "a text"
            message = f'The label "{key}" should be {asked}.'
            self._wrong(Rule.VALUE_IS_VALID, message, value.span)
            return
        items = value.items if isinstance(value, YamlList) else (value,)
        texts = [item for item in items if isinstance(item, YamlText) and not item.is_blank]
        for item in items:
            if item not in texts:
                asked = "not be empty" if isinstance(item, YamlText) else "be a text"
                message = f'The label "{key}" should {asked}.'
                self._wrong(Rule.VALUE_IS_VALID, message, item.span)
        wrong = list(without_markup(entry.value))
        wrong += without_variables(entry.value) if key in _EARLY else ()
        self._found.extend(wrong)
        if (
            wrong
            or len(texts) < len(items)
            or not all(self._is_formed(key, text) for text in texts)
        ):
            return
        for name in [name for name in self.labels.texts if name.startswith(f"{key}.")]:
            del self.labels.texts[name]
        self._there[key] = len(texts)
        self.labels.spans[key] = entry.span
        for number, text in enumerate(texts, start=1):
            name = f"{key}.{number}" if self._known[key] else key
            self.labels.texts[name], self.labels.spans[name] = text.text, text.span

    def _choice(self, key: str, branches: YamlMap) -> YamlNode | None:
        """Choose what a label says in a profile of this level and edition; report what is wrong."""
        known = (*self._layout.flags, OTHER)
        is_sound = True
        for entry in branches.entries:
            if entry.key not in known:
                is_sound = False
                message = f'The layout "{self._layout.name}" has no level or edition "{entry.key}".'
                hint = nearest(entry.key, known) or f"Known here: {', '.join(known)}."
                self._wrong(Rule.KEY_IS_KNOWN, message, entry.span, hint)
        for entry in branches.entries:
            if entry.key in self._kind:
                return entry.value
        if other := branches.entry(OTHER):
            return other.value
        if is_sound:
            level, edition = self._kind
            message = (
                f'The label "{key}" says nothing for a {level} profile of the edition "{edition}".'
            )
            hint = f"Add what it says in all {OTHER} profiles: {OTHER}: …"
            self._wrong(Rule.FIELD_IS_PRESENT, message, branches.span, hint)
        return None

    def _is_formed(self, key: str, node: YamlText) -> bool:
        """Say whether a label has the form that its name promises; report where it has not."""
        if key in PATTERNS:
            return self._is_pattern(key, node)
        form = web_address if key.endswith("-address") else mail_address if key == "email" else None
        if form and "{{" not in node.text:
            try:
                form(node.text)
            except FormError as error:
                context = error.context or {}
                self._wrong(Rule.VALUE_IS_VALID, context["message"], node.span, context["hint"])
                return False
        return True

    def _is_pattern(self, key: str, node: YamlText) -> bool:
        places = sorted(_PLACE.findall(PATTERNS[key]))
        between = _PLACE.sub("", node.text)
        if sorted(_PLACE.findall(node.text)) == places and not {*between} & {*"{}"}:
            return True
        message = f'The label "{key}" cannot be "{node.text}".'
        hint = f'Write {", ".join(places)} once, and no other braces: "{PATTERNS[key]}".'
        self._wrong(Rule.VALUE_IS_VALID, message, node.span, hint)
        return False

    def borrow(
        self, original: Labels, behind: Shelf, idle: Collection[str]
    ) -> Iterator[tuple[str, bool]]:
        """Take from the original what is not there; give each key, and whether it is its own.

        What the original's profile words itself, a translation words itself, too: what all
        profiles share says something else.
        """
        for key in self._known:
            if key not in original.spans or key in idle:
                continue
            is_own = _is_own(original, key, behind) and not _is_own(self.labels, key, self._shelf)
            if is_own or key not in self._there:
                self._take_over(key, original)
                yield key, is_own

    def _take_over(self, key: str, original: Labels) -> None:
        texts = {name: text for name, text in original.texts.items() if _key(name) == key}
        for name in [name for name in self.labels.texts if _key(name) == key]:
            del self.labels.texts[name]
        self.labels.texts.update(texts)
        self.labels.lent.update(texts)
        self.labels.spans.update((name, original.spans[name]) for name in (key, *texts))
        self._there[key] = len(texts)

    def complete(self, least: Mapping[str, int], idle: Collection[str], path: str | None) -> None:
        """Report labels that are missing from `path`, the last file, and put stand-ins there.

        `least` says how many texts a list must have, `idle` which labels are not printed. Without
        a path only stand-ins are put.
        """
        for key, is_list in self._known.items():
            there, asked = self._there.get(key), least.get(key, 0)
            if key not in self._there and key not in idle and path:
                message = f'There is no label "{key}".'
                hint = f"Add a line to the file: {key}: {'[…, …]' if is_list else '…'}"
                self._wrong(Rule.FIELD_IS_PRESENT, message, Span(path), hint)
            elif there is not None and there < asked:
                message = f'The label "{key}" has {there} texts, but {asked} are needed.'
                hint = "Write one text for each month, in order."
                if key == "editions":
                    hint = (
                        f"Write one for each edition, or correct `number: {asked}` in profile.yml."
                    )
                self._wrong(Rule.FIELD_IS_PRESENT, message, self.labels.spans[key], hint)
            names = [f"{key}.{number}" for number in range(1, asked + 1)] if is_list else [key]
            for name in names:
                self.labels.texts.setdefault(name, PATTERNS.get(key, _STAND_IN))

    def _wrong(self, rule: Rule, message: str, span: Span, hint: str | None = None) -> None:
        self._found.append(Diagnostic(rule, message, span, hint))


def _key(name: str) -> str:
    """Give the label that a text belongs to: of "editions.2" it is "editions"."""
    return name.partition(".")[0]


def _is_own(labels: Labels, key: str, shelf: Shelf) -> bool:
    """Say whether a label stands in the profile's own file, not in that of all profiles."""
    return key in labels.spans and labels.spans[key].file == f"{shelf.folders[0]}/{FILE}"
