"""Finds which file and line words come from that stand in no block: titles, labels, YAML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from mgi_report.content.model import Profile
from mgi_report.content.walk import data_runs_of, text_of
from mgi_report.content.yaml import YamlList, YamlMap, YamlNode, parse_yaml
from mgi_report.diagnostics import Span

_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_SHARE = 0.3
"""How much of a text words must be that are taken for what it comes from."""


class Finder:
    """Where the words come from that a profile's templates may print."""

    def __init__(self, profile: Profile, files: Iterable[str], read: Callable[[str], str]) -> None:
        """Take a profile as it is printed, and the files that its words come from."""
        self._known: dict[str, list[tuple[str, Span]]] = {}
        """By their folded words, texts as they are written and their places."""
        self._own: dict[str, str] = {}
        """By section, the file of its data."""
        for section, values in profile.data.items():
            for words in data_runs_of(values):
                if words:
                    self._own[section] = words[0].span.file
                    self._take(text_of(words), words[0].span)
        for label, span in profile.label_spans.items():
            self._take(profile.labels.get(label, ""), span)
        self._labels = {span.file for span in profile.label_spans.values()}
        for file in sorted({*files} - self._labels - {*self._own.values()}):
            root = parse_yaml(read(file), file).value if file.endswith(".yml") else None
            for text, span in _texts(root, profile.lang) if root else ():
                if _LETTER.search(text):  # "2021" and "1" say nothing of where they are from
                    self._take(text, span)

    def find(self, text: str, section: str) -> Span | None:
        """Give where a text of a section comes from.

        Of several places it is one of the section's own data, one with the same capitals (an id is
        written small), or a label.
        """
        folded = _words(text.casefold())
        places = self._known.get(folded) or self._known.get(self._nearest(folded)) or []
        own = self._own.get(section)
        ranked = (
            (span.file != own, words not in _words(text), span.file not in self._labels, span)
            for words, span in places
        )
        return min(ranked, default=(None,))[-1]

    def _take(self, text: str, span: Span) -> None:
        if words := _words(text):
            self._known.setdefault(words.casefold(), []).append((words, span))

    def _nearest(self, text: str) -> str:
        """Give the longest known words in a text, or a known text that it is a part of."""
        inside = [
            known
            for known in self._known
            if f" {known} " in f" {text} "
            and len(known) >= _LEAST_SHARE * len(text)
            and _LETTER.search(known)
        ]
        if inside or not _LETTER.search(text):
            return max(inside, key=len, default="")
        around = [known for known in self._known if f" {text} " in f" {known} "]
        return min(around, key=len, default="")


def _words(text: str) -> str:
    """Give the words of a text alone: templates break, tie and adorn them."""
    return " ".join(_WORD.findall(text))


def _texts(node: YamlNode, lang: str) -> Iterator[tuple[str, Span]]:
    """Give the texts of a file; where one is written in several languages, the one of `lang`."""
    if isinstance(node, YamlMap):
        mine = node.entry(lang)
        for entry in (mine,) if mine else node.entries:
            yield from _texts(entry.value, lang)
    elif isinstance(node, YamlList):
        for item in node.items:
            yield from _texts(item, lang)
    else:
        yield node.text, node.span
