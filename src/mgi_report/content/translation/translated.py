"""Step 1, load: the texts of a translation beside those that they were made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from posixpath import basename, dirname, join

from mgi_report.content.files import names_in, read_text
from mgi_report.content.markdown.documents import parse_document
from mgi_report.content.translation.overlay import FILE as SOURCES
from mgi_report.content.translation.overlay import WORDS
from mgi_report.content.translation.passages import Passage, of_document, of_facts, of_yaml
from mgi_report.content.translation.record import FILE as RECORD
from mgi_report.content.yaml import parse_yaml
from mgi_report.diagnostics import Outcome
from mgi_report.layout.model import Looks
from mgi_report.project import Project

PROFILE = "profile.yml"
"""It holds its translations itself: {en: Mali, fr: Mali}."""
_NO_TRANSLATIONS = frozenset(
    {"house-style.yml", "terms.yml", "spelling.yml", "language.yml", RECORD}
)
"""What is known of a language is not translated from another."""


@dataclass(frozen=True, slots=True)
class Translated:
    """A text and what it was translated from."""

    path: str
    original: str
    """Path of the original."""
    passages: tuple[Passage, ...]
    originals: tuple[Passage, ...]

    @property
    def name(self) -> str:
        """The file's name in its folder."""
        return basename(self.path)

    @property
    def is_markdown(self) -> bool:
        """Say whether it has paragraphs, not entries."""
        return self.path.endswith(".md")


def original_of(path: str, lang: str) -> str:
    """Give where the original of a text lies, in the folder of the language beside it."""
    folder, name = dirname(dirname(path)), basename(path)
    return join(folder, name) if name in (SOURCES, PROFILE) else join(folder, lang, name)


def names_of(project: Project, folder: str, lang: str) -> tuple[str, ...]:
    """Give the texts of a folder that have an original in a language, and those of profile.yml."""
    there = names_in(project, folder)
    own = (PROFILE,) if there and PROFILE in names_in(project, dirname(folder)) else ()
    return own + tuple(
        name
        for name in there
        if name.endswith((".md", ".yml"))
        and name not in _NO_TRANSLATIONS
        and name in names_in(project, dirname(original_of(join(folder, name), lang)))
    )


def read_translated(
    project: Project,
    path: str,
    lang: str,
    looks: Looks | None = None,
    words: Sequence[str] = WORDS,
) -> Outcome[Translated | None]:
    """Read a text and its original in a language, None where one of them cannot be read.

    Of sources, `words` are the fields that are read.
    """
    original = original_of(path, lang)
    if basename(path) == PROFILE:
        mine = _facts(project, original, basename(dirname(path)))
        theirs = _facts(project, original, lang)
    else:
        mine, theirs = (_passages(project, each, looks, words) for each in (path, original))
    found = (*mine.diagnostics, *theirs.diagnostics)
    if mine.value is None or theirs.value is None:
        return Outcome(None, found)
    return Outcome(Translated(path, original, mine.value, theirs.value), found)


def _facts(project: Project, path: str, lang: str) -> Outcome[tuple[Passage, ...] | None]:
    text = read_text(project, path)
    tree = parse_yaml(text.value, path) if text.value is not None else Outcome(None)
    found = (*text.diagnostics, *tree.diagnostics)
    return Outcome(of_facts(tree.value, lang) if tree.value else None, found)


def _passages(
    project: Project, path: str, looks: Looks | None, words: Sequence[str]
) -> Outcome[tuple[Passage, ...] | None]:
    text = read_text(project, path)
    if text.value is None:
        return Outcome(None, text.diagnostics)
    if path.endswith(".md"):
        parsed = parse_document(text.value, path, looks)
        return Outcome(of_document(parsed.value), (*text.diagnostics, *parsed.diagnostics))
    tree = parse_yaml(text.value, path)
    found = (*text.diagnostics, *tree.diagnostics)
    if tree.value is None:
        return Outcome(None, found)
    keys = words if basename(path) == SOURCES else ()
    return Outcome(of_yaml(tree.value, keys), found)
