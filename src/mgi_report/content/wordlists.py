"""Step 1, load: which words are written in one way, and how names are compared."""

from __future__ import annotations

from mgi_report.content.schema import SpellingFile, TermsFile
from mgi_report.content.shared import Shelf
from mgi_report.content.validate import M, validate
from mgi_report.content.words import Spelling, Term
from mgi_report.content.yaml import parse_yaml


def read_terms(shelf: Shelf) -> tuple[Term, ...]:
    """Read terms.yml, which a language may lack."""
    content = _read(shelf, "terms.yml", TermsFile)
    return tuple(
        Term(entry.use, tuple(way for each in entry.not_ if (way := each.strip())), entry.unless)
        for entry in (content.terms if content else [])
    )


def read_spelling(shelf: Shelf) -> Spelling:
    """Read spelling.yml, which a language may lack."""
    content = _read(shelf, "spelling.yml", SpellingFile)
    if content is None:
        return Spelling()
    return Spelling(
        links=frozenset(content.links),
        joins=frozenset(content.joins),
        abbreviations=frozenset(content.abbreviations),
        number_marks=tuple(content.number_marks),
        plurals=content.plurals,
        variants=content.variants,
    )


def _read(shelf: Shelf, name: str, model: type[M]) -> M | None:
    file = shelf.find(name)
    if file is None:
        return None
    parsed = parse_yaml(file.text, file.path)
    shelf.found.extend(parsed.diagnostics)
    if parsed.value is None:
        return None
    checked = validate(parsed.value, model)
    shelf.found.extend(checked.diagnostics)
    return checked.value
