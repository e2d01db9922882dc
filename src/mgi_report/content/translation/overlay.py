"""Step 1, load: the words of the key sources in another language, <language>/sources.yml.

The file is laid over the profile's sources.yml: it has the same ids, and only what is worded anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import join

from mgi_report.content.files import names_in
from mgi_report.content.schema import Reference, SourceWords, SourceWordsFile
from mgi_report.content.shared import Shelf
from mgi_report.content.validate import validate
from mgi_report.content.yaml import YamlEntry, YamlList, YamlMap, YamlText, node_at, parse_yaml
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span, nearest
from mgi_report.project import Project

FILE = "sources.yml"
WORDS = tuple(info.alias or name for name, info in SourceWords.model_fields.items() if name != "id")
"""The fields that another language may word anew; the others are the same in all."""
_OF_TITLE = frozenset({"title", "language", "original-title", "original-language"})
"""Those that belong together: who words the title anew, says the others anew."""
_IN_WORDS = ("author", "title", "note", "edition")
"""Those that no language can take over from another. Names of places and publishers it can."""
_WORD = re.compile(r"[^\W\d_A-Z]{3}")
"""A number that holds one cannot be taken over: "12 October", but "A/AC.96/1209"."""


def worded_in(project: Project, folder: str, languages: Sequence[str]) -> str:
    """Give the language of a profile's sources.yml: the first that words none of it anew.

    Nothing where each language does, so that its words are never printed.
    """
    names = {lang: names_in(project, join(folder, lang)) for lang in languages}
    original = languages[0]
    if FILE not in names[original]:
        return original
    return next((lang for lang in languages if names[lang] and FILE not in names[lang]), "")


@dataclass(frozen=True, slots=True)
class Overlay:
    """What sources are called in a language; empty for that of sources.yml itself."""

    lang: str = ""
    original: str = ""
    """Of a translation, the language that lends the words it lacks."""
    entries: Mapping[str, YamlMap] = field(default_factory=dict)
    """By id."""
    lent: Mapping[str, YamlMap] = field(default_factory=dict)
    """By id, the entries of the original where it words sources.yml anew itself."""

    def over(self, base: YamlMap) -> YamlMap:
        """Give an entry of sources.yml with its words in the language, as far as there are some."""
        return _laid(_laid(base, self.lent), self.entries)

    def lacking(self, base: YamlMap) -> tuple[str, ...]:
        """Give the fields of an entry whose words are only there in the original language."""
        return self.unworded(base) if self.original else ()

    def unworded(self, base: YamlMap) -> tuple[str, ...]:
        """Give the fields of an entry that the language has no words for."""
        mine, base = self.entries.get(id_of(base)), _laid(base, self.lent)
        fields: tuple[str, ...] = (
            (*_IN_WORDS, "publisher", "publisher-place") if mine is None else _IN_WORDS
        )
        if _WORD.search(_text(base, "number")):
            fields += ("number",)
        return tuple(key for key in fields if base.entry(key) and not (mine and mine.entry(key)))


def _laid(base: YamlMap, over: Mapping[str, YamlMap]) -> YamlMap:
    mine = over.get(id_of(base))
    if mine is None:
        return base
    words = tuple(entry for entry in mine.entries if entry.key in WORDS)
    taken = {entry.key for entry in words}
    if "title" in taken:
        taken |= _OF_TITLE
    kept = tuple(entry for entry in base.entries if entry.key not in taken)
    return YamlMap((*kept, *words), mine.span)


def read_overlay(shelf: Shelf, base: YamlMap, language: str) -> Overlay:
    """Read a language's words for the sources, and hold them against sources.yml, `base`.

    `language` is that of `base`, which needs no other words.
    """
    if shelf.lang == language:
        return Overlay()
    path = f"{shelf.folders[0]}/{FILE}"
    before = len(shelf.found)
    sources = {id_of(node): node for node in entries_of(base)}
    entries = _read(shelf, sources, base.span.file)
    behind = shelf.behind
    # What is wrong with the original's own words is told in its own making.
    lent = _read(behind, sources, base.span.file) if behind and behind.lang != language else None
    overlay = Overlay(shelf.lang, behind.lang if behind else "", entries or {}, lent or {})
    if len(shelf.found) == before:
        is_there = entries is not None
        shelf.found.extend(_incomplete(shelf, overlay, sources, Span(path), is_there=is_there))
    return overlay


def _read(shelf: Shelf, sources: Mapping[str, YamlMap], base: str) -> dict[str, YamlMap] | None:
    """Read a language's entries by their ids, None where it has no such file."""
    path = f"{shelf.folders[0]}/{FILE}"
    file = shelf.read(path)
    if file is None:
        return None
    parsed = parse_yaml(file.text, path)
    shelf.found.extend(parsed.diagnostics)
    return _entries(shelf, parsed.value, sources, base) if parsed.value else {}


def entries_of(root: YamlMap) -> Iterator[YamlMap]:
    """Go through the entries of a file of sources."""
    entries = node_at(root, ("references",))
    if isinstance(entries, YamlList):
        yield from (item for item in entries.items if isinstance(item, YamlMap))


def id_of(node: YamlMap) -> str:
    """Give an entry's id, nothing where it has none."""
    return _text(node, "id")


def _text(node: YamlMap, key: str) -> str:
    found = node_at(node, (key,))
    return found.text if isinstance(found, YamlText) else ""


def _entries(
    shelf: Shelf, root: YamlMap, sources: Mapping[str, YamlMap], base: str
) -> dict[str, YamlMap]:
    """Take the entries by their ids, and say what does not belong there."""
    shelf.found.extend(validate(_only_words(shelf, root, base), SourceWordsFile).diagnostics)
    entries: dict[str, YamlMap] = {}
    for node in entries_of(root):
        name = id_of(node)
        entry = node.entry("id")
        if not name or entry is None:
            continue
        span = entry.value.span
        if first := entries.get(name):
            message = f'The source "{name}" stands twice.'
            hint = f"It stands in line {first.span.line} already; take one away."
            shelf.found.append(Diagnostic(Rule.KEY_IS_UNIQUE, message, span, hint))
        elif name not in sources:
            message = f'There is no source "{name}" in {base}.'
            hint = nearest(name, sources) or "Write it there first, with its address and year."
            shelf.found.append(Diagnostic(Rule.SOURCE_IS_KNOWN, message, span, hint))
        else:
            entries[name] = node
    return entries


def _only_words(shelf: Shelf, root: YamlMap, base: str) -> YamlMap:
    """Take out of a file what stands in sources.yml for all languages, and say so."""
    same = {info.alias or name for name, info in Reference.model_fields.items()} - {"id", *WORDS}

    def words(node: YamlMap) -> YamlMap:
        for entry in node.entries:
            if entry.key in same:
                message = f'"{entry.key}" is the same in all languages.'
                hint = f"Take it away here; it stands in {base}."
                shelf.found.append(Diagnostic(Rule.KEY_IS_KNOWN, message, entry.span, hint))
        return YamlMap(tuple(each for each in node.entries if each.key not in same), node.span)

    entries = tuple(
        YamlEntry(
            entry.key,
            entry.span,
            YamlList(
                tuple(
                    words(item) if isinstance(item, YamlMap) else item for item in entry.value.items
                ),
                entry.value.span,
            ),
        )
        if isinstance(entry.value, YamlList)
        else entry
        for entry in root.entries
    )
    return YamlMap(entries, root.span)


_NAMED = 6
"""How many sources are named before the rest is counted."""


def _incomplete(
    shelf: Shelf, overlay: Overlay, sources: Mapping[str, YamlMap], span: Span, *, is_there: bool
) -> Iterator[Diagnostic]:
    """Say once which sources are printed in the original language."""
    lacking = {name: keys for name, node in sources.items() if (keys := overlay.unworded(node))}
    if lacking and not names_in(shelf.project, shelf.folders[0]):
        shelf.lacking.append(span.file)  # told with the folder
        return
    if not lacking:
        return
    names = [
        f'"{name}" ({", ".join(keys)})' if name in overlay.entries else f'"{name}"'
        for name, keys in lacking.items()
    ]
    some = ", ".join(names[:_NAMED])
    if names[_NAMED:]:
        some += f" and {len(names) - _NAMED} more"
    lang, original = overlay.lang, overlay.original
    if not original:
        message = f'These sources have no words in "{lang}", the original language: {some}.'
        hint = f'Write here what they are called in "{lang}": their id, author, title and note.'
        yield Diagnostic(Rule.FIELD_IS_PRESENT, message, span, hint)
        return
    message = f'These sources are printed in "{original}", not in "{lang}": {some}.'
    if not is_there:
        message = f'There is no {FILE} in "{lang}"; the sources are printed in "{original}".'
    hint = f'Write here what the sources are called in "{lang}": their id, author, title and note.'
    yield Diagnostic(Rule.TRANSLATION_IS_WHOLE, message, span, hint, Severity.WARNING)
