"""Step 1, load: how words are joined in a language: by commas, and the last one by "and"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from mgi_report.content.words import Language

_LAST = "{last}"
_MOST_CITED = 3
"""Where text cites more authors, it names the first."""


@dataclass(frozen=True, slots=True)
class Joining:
    """What words of a language are joined with."""

    labels: Mapping[str, str]
    language: Language

    def listed(self, words: Sequence[str]) -> str:
        """List words, at least one: "Keita, Awa"."""
        following = self.labels["next"]
        return reduce(lambda first, word: following.format(first=first, next=word), words)

    def joined(self, words: Sequence[str]) -> str:
        """List words, at least two, the last one with "and": "Francia e Italia"."""
        *rest, last = words
        before, _, after = self.labels["and"].partition(_LAST)
        for each in self.language.changing_words:
            before = each.changed(before, last)
        return f"{before}{_LAST}{after}".format(first=self.listed(rest), last=last)

    def cited(self, words: Sequence[str]) -> str:
        """Join the names of authors as text cites them: "Keita and Diallo", "Keita et al."."""
        if len(words) > _MOST_CITED:
            return self.labels["and-others"].format(first=words[0])
        return self.joined(words) if words[1:] else self.listed(words)
