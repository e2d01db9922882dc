"""Step 1, load: what in a translation is still word for word the original's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mgi_report.content.model import Emphasis, Inline, Link, Phrase, Strong, Text, Variable
from mgi_report.content.translation.passages import Passage
from mgi_report.diagnostics import Diagnostic, Rule, Severity

_LEAST = 4
"""Words that are no names, from which on two languages do not say the same."""
_NAMED = 3
"""How many lines are named before the rest is counted."""


def check_copied(
    original: Sequence[Passage], translation: Sequence[Passage], langs: tuple[str, str]
) -> Iterator[Diagnostic]:
    """Say once which passages of a file were copied and not yet translated.

    `langs` are those of the original and the translation; of one language in two countries, such
    as en and en-GB, most is the same. Words that are marked with their language are passed over.
    """
    if langs[0].partition("-")[0] == langs[1].partition("-")[0]:
        return
    there = {own for passage in original for own in _sentences(passage)}
    copied = sorted(each.span for each in translation if there.intersection(_sentences(each)))
    if not copied:
        return
    lines = list(dict.fromkeys(str(span.line) for span in copied))
    some = ", ".join(lines[:_NAMED])
    if lines[_NAMED:]:
        some += f" and {len(lines) - _NAMED} more"
    message = (
        f'What is said here stands word for word in the original, in "{langs[0]}": '
        f"line{'s' if lines[1:] else ''} {some}."
    )
    hint = (
        f'Put it into "{langs[1]}". Words that are meant to stay get their language: '
        f"[…]{{lang={langs[0]}}}"
    )
    yield Diagnostic(Rule.TRANSLATION_IS_WHOLE, message, copied[0], hint, Severity.WARNING)


def _sentences(passage: Passage) -> Iterator[str]:
    """Give what a passage says in the language of its file, where that is more than names."""
    for run in passage.runs:
        words = "".join(_own(run)).split()
        if sum(word[0].isalpha() and not word[0].isupper() for word in words) >= _LEAST:
            yield " ".join(words)


def _own(nodes: Sequence[Inline]) -> Iterator[str]:
    for node in nodes:
        match node:
            case Text():
                yield node.text
            case Variable():
                yield f"{{{{{node.name}}}}}"
            case Emphasis() | Strong() | Phrase() if node.lang:
                pass
            case Link() if node.is_address:
                pass
            case _:
                yield from _own(getattr(node, "kids", ()))
