"""Step 1, load: the lists of words of a language: terms.yml, spelling.yml and language.yml.

A language may lack any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from mgi_report.content import wordlist_schema
from mgi_report.content.forms import is_language
from mgi_report.content.model import Data, Document, Emphasis, Phrase, Source, Strong
from mgi_report.content.shared import Shelf
from mgi_report.content.validate import M, validate
from mgi_report.content.walk import inlines_of, texts_of
from mgi_report.content.wordlist_schema import LanguageFile, SortingEntry, SpellingFile, TermsFile
from mgi_report.content.words import ChangingWord, Language, Sorting, Spelling, Term
from mgi_report.content.yaml import parse_yaml
from mgi_report.remembering import remembered


def read_terms(shelf: Shelf) -> tuple[Term, ...]:
    """Read which words are written in one way."""
    content = read_list(shelf, "terms.yml", TermsFile)
    return tuple(
        Term(entry.use, tuple(way for each in entry.not_ if (way := each.strip())), entry.unless)
        for entry in (content.terms if content else [])
    )


def read_spelling(shelf: Shelf) -> Spelling:
    """Read how names are compared."""
    content = read_list(shelf, "spelling.yml", SpellingFile)
    if content is None:
        return Spelling()
    return Spelling(
        links=frozenset(content.links),
        joins=frozenset(content.joins),
        abbreviations=frozenset(content.abbreviations),
        number_marks=tuple(content.number_marks),
        plurals=content.plurals,
        variants=content.variants,
        draft_marks=tuple(content.draft_marks),
        placeholders=tuple(content.placeholders),
    )


def read_languages(shelf: Shelf, tags: Iterable[str]) -> dict[str, Language]:
    """Read what is known of languages, by their BCP 47 tag.

    pt-BR has what is known of pt, where it has no file of its own.
    """
    return {tag: _language(shelf, tag) for tag in sorted({*tags}) if is_language(tag)}


def _language(shelf: Shelf, tag: str) -> Language:
    for name in dict.fromkeys((tag, tag.partition("-")[0])):
        content = read_list(replace(shelf, lang=name), "language.yml", LanguageFile)
        if content is not None:
            return _known(content)
    return Language()


@remembered(64)
def _known(content: LanguageFile) -> Language:
    return Language(
        name=content.name,
        direction=content.direction,
        letters_join=content.letters_join,
        narrow_space_before=tuple(content.narrow_space_before),
        space_before=tuple(content.space_before),
        space_after=tuple(content.space_after),
        narrow_space_in_figures=content.narrow_space_in_figures,
        figures=content.figures,
        section_numbers=content.section_numbers,
        decimal_mark=content.decimal_mark,
        grouped_from=int(content.grouped_from),
        whole_hyphens=content.whole_hyphens,
        raised=tuple(content.raised),
        half_brackets=content.half_brackets,
        opening_quotes=tuple(content.opening_quotes),
        quotation_marks=content.quotation_marks,
        own_marks=tuple(content.own_marks.items()),
        note_calls=content.note_calls,
        semicolon=content.semicolon,
        source_letters=content.source_letters,
        sorting=_sorting(content.sorting),
        months=tuple(content.months),
        other_months=tuple(
            (way, entry.use) for entry in content.other_months for way in entry.not_
        ),
        days=tuple(content.days),
        other_days=tuple((way, entry.use) for entry in content.other_days for way in entry.not_),
        before_months=tuple(content.before_months),
        before_figures=tuple(content.before_figures),
        before_numbers=tuple(content.before_numbers),
        after_figures=tuple(content.after_figures),
        before_names=tuple(content.before_names),
        unbroken=tuple(content.unbroken),
        abbreviations=tuple(content.abbreviations),
        short_words=tuple(content.short_words),
        short_beginnings=tuple(content.short_beginnings),
        changing_words=tuple(map(_changing, content.changing_words)),
        vague_links=tuple(content.vague_links),
        vague_pictures=tuple(content.vague_pictures),
    )


def _changing(entry: wordlist_schema.ChangingWord) -> ChangingWord:
    return ChangingWord(entry.word, entry.use, tuple(entry.before), tuple(entry.unless))


def _sorting(entry: SortingEntry) -> Sorting:
    return Sorting(tuple(entry.same.items()), tuple(entry.own.items()), tuple(entry.passed_over))


def languages_in(
    documents: Iterable[Document],
    data: Iterable[Mapping[str, Data]],
    sources: Iterable[Source],
) -> Iterator[str]:
    """Give the tags of the languages that single words or sources are in."""
    titles = []
    for source in sources:
        titles.append(source.title)
        yield from filter(None, (source.language, source.original_language))
    for run in (*texts_of(documents, data), *titles):
        for node in inlines_of(run):
            if isinstance(node, (Emphasis, Strong, Phrase)) and node.lang:
                yield node.lang


def read_list(shelf: Shelf, name: str, model: type[M]) -> M | None:
    """Read a file of this kind where it lies nearest, None where there is none."""
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
