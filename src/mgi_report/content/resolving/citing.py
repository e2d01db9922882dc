"""Step 2, resolve: sources are sorted, lettered and found by what cites them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from mgi_report.content.model import Citation, Inline, Source, SourceLink, Text
from mgi_report.content.walk import Change, same
from mgi_report.content.words import Language
from mgi_report.diagnostics import Diagnostic, Rule, Severity, nearest, nearest_name

_HYPHEN = ("", "-")
"""Before a letter: 2019a, but n.d.-a."""
_STOP = re.compile(r"\.(?!\.)")
_UNCITED = (
    'Nothing cites the source "{0}".',
    "Cite it with [@{0}], write `consulted: true` if it was only read, or take it out.",
)
_UNCITED_HERE = (
    'Nothing in "{1}" cites the source "{0}".',
    'Cite it where "{2}" does, with [@{0}]. If nothing does, see what is told of "{2}".',
)
_LAST = 1 << 30
"""Sources without a year stand after the dated ones."""


def arrange(sources: Iterable[Source], language: Language) -> tuple[Source, ...]:
    """Give sources their letters, in the file's order, and sort them as they are printed.

    Authors are in the order of the profile's language; then comes the year.
    """
    groups: dict[tuple[str, int | None], list[Source]] = defaultdict(list)
    for source in sources:
        groups[language.sorting.key(source.author)[0], source.year].append(source)
    alphabet = language.source_letters
    lettered = [
        replace(source, letter=_HYPHEN[source.year is None] + _letter(index, alphabet))
        if len(group) > 1
        else source
        for group in groups.values()
        for index, source in enumerate(group)
    ]
    return tuple(
        sorted(
            lettered,
            key=lambda source: (
                language.sorting.key(source.author),
                source.author,
                _LAST if source.year is None else source.year,
                len(source.letter),
                source.letter,
            ),
        )
    )


@dataclass(frozen=True, slots=True)
class Voice:
    """A language, and the words that the program says in it."""

    lang: str
    labels: Mapping[str, str]


class Citations:
    """Finds the source of each citation; gathers what is wrong in `found`."""

    def __init__(
        self,
        sources: tuple[Source, ...],
        own: Voice,
        original: Voice,
        found: list[Diagnostic],
        *,
        is_known: bool = True,
    ) -> None:
        """Take the sources; with `is_known` false there is no telling which there are.

        A profile speaks with its `own` voice, and with its original's of authors whose names it has
        in that language.
        """
        self.found = found
        self._voices = own, original
        self._is_known = is_known
        self._sources = {source.key: source for source in sources}
        self._cited: set[str] = set()

    def change_in(self, lang: str) -> Change:
        """Give the change for texts in a language."""
        return lambda node: self._change(node, lang)

    def _change(self, node: Inline, lang: str) -> tuple[Inline, ...]:
        """Give a citation its words; of a source that is not there, only the words are left."""
        if not isinstance(node, (Citation, SourceLink)):
            return (node,)
        source = self._sources.get(node.key)
        if source is None and not self._is_known:
            return node.kids if isinstance(node, SourceLink) else (Text(node.key, node.span),)
        if source is None:
            message = f'There is no source "{node.key}" in sources.yml.'
            hint = nearest(node.key, self._sources)
            self.found.append(Diagnostic(Rule.SOURCE_IS_KNOWN, message, node.span, hint))
            self._cited.add(nearest_name(node.key, self._sources) or "")  # which may be meant
            return node.kids if isinstance(node, SourceLink) else ()
        self._cited.add(node.key)
        if isinstance(node, SourceLink):
            return (node,)
        voice = self._voices["author" in source.lent]
        year = f"{source.year or voice.labels['no-date']}{source.letter}"
        words = voice.labels["next"].format(first=source.cited or source.author, next=year)
        return (replace(node, text=words, lang=voice.lang if voice.lang != lang else None),)

    def uncited(self) -> list[Diagnostic]:
        """Report the sources that nothing has cited, in the order of the file."""
        own, original = (voice.lang for voice in self._voices)
        message, hint = _UNCITED if own == original else _UNCITED_HERE
        return [
            Diagnostic(
                Rule.SOURCE_IS_CITED,
                message.format(source.key, own, original),
                source.span,
                hint.format(source.key, own, original),
                Severity.WARNING,
            )
            for source in sorted(self._sources.values(), key=lambda source: source.span)
            if source.key not in self._cited and not source.consulted
        ]


def with_one_stop(kids: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Leave out the full stop of a sentence behind a citation that ends with one: "n.d."."""
    changed = list(kids)
    for index, (before, kid) in enumerate(pairwise(kids), start=1):
        is_stopped = isinstance(before, Citation) and before.text.endswith(".")
        if is_stopped and isinstance(kid, Text) and _STOP.match(kid.text):
            behind = replace(kid.span, column=kid.span.column + 1)
            changed[index] = replace(kid, text=kid.text[1:], span=behind)
    return same(kids, changed)


def _letter(index: int, alphabet: str) -> str:
    """Give the letters a, b … z, aa, ab in turn."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, len(alphabet))
        letters = alphabet[rest] + letters
    return letters
