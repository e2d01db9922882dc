"""Step 1, load: files become a `Profile`, and all that is wrong with them is found at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from posixpath import basename, join

from mgi_report.collecting import without_collecting
from mgi_report.content.facts import Facts
from mgi_report.content.files import names_in
from mgi_report.content.indicators import Indicators
from mgi_report.content.loading.facts import chosen_options, facts_of, likely, read_profile_file
from mgi_report.content.loading.indicators import read_indicators
from mgi_report.content.loading.joining import Joining
from mgi_report.content.loading.kinds import check_kind, with_known_kind
from mgi_report.content.loading.labels import FILE as LABELS
from mgi_report.content.loading.labels import Labels, read_labels
from mgi_report.content.loading.slots import DataReader, check_headings, check_parts
from mgi_report.content.loading.sources import read_sources
from mgi_report.content.loading.unused import check_assets, check_folders, check_unused
from mgi_report.content.loading.wordlists import (
    languages_in,
    read_languages,
    read_spelling,
    read_terms,
)
from mgi_report.content.markdown.documents import parse_document
from mgi_report.content.model import (
    Block,
    Data,
    Document,
    Domain,
    Lent,
    Profile,
    Source,
)
from mgi_report.content.pictures import sound_figures
from mgi_report.content.schema import ProfileFile
from mgi_report.content.shared import DOMAINS, File, Shelf, read_domains
from mgi_report.content.translation.in_step import check_in_step, originals_of
from mgi_report.content.translation.overlay import FILE as SOURCES
from mgi_report.content.translation.overlay import worded_in
from mgi_report.content.translation.translated import PROFILE
from mgi_report.content.translation.wholeness import check_whole
from mgi_report.content.validate import Checked
from mgi_report.content.walk import changed, with_blocks
from mgi_report.content.words import Language
from mgi_report.content.yaml import parse_yaml
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span, has_errors
from mgi_report.layout.model import Layout, SectionSpec
from mgi_report.layout.unused import check_layout_files
from mgi_report.project import Project


def read_facts(project: Project, folder: str, lang: str | None = None) -> Outcome[Facts | None]:
    """Read profile.yml alone, to know the layout and the languages.

    `folder` is the profile's, in the project; `lang` the language of the names, the original's
    if none is given. The layout's options are not read.
    """
    read = read_profile_file(project, folder)
    if read.value is None:
        return Outcome(None, read.diagnostics)
    facts = facts_of(project, folder, read.value, lang or read.value.value.languages[0])
    return Outcome(facts.value, (*read.diagnostics, *facts.diagnostics))


@without_collecting()
def load(project: Project, folder: str, layout: Layout, lang: str) -> Outcome[Profile | None]:
    """Read a profile in one language.

    Files are looked for in the profile's folder of the language, then in shared/<lang>/ beside the
    profile, then in what is shipped. The value is None where there is no profile.yml, or no such
    language; else it holds all that could be read, and stand-ins for the rest.
    """
    read = read_profile_file(project, folder)
    if read.value is None:
        return Outcome(None, read.diagnostics)
    found = list(read.diagnostics)
    if lang not in read.value.value.languages:
        message = f'The profile does not appear in the language "{lang}".'
        hint = f"Its languages are {', '.join(read.value.value.languages)}."
        return Outcome(
            None, (*found, Diagnostic(Rule.VALUE_IS_VALID, message, read.value.root.span, hint))
        )
    outcome = _facts(project, folder, read.value, layout, lang)
    found += outcome.diagnostics
    if layout.languages and lang not in layout.languages:
        return Outcome(None, tuple(found))  # there are no words to go on with
    written = names_in(project, join(folder, outcome.value.languages[0]))
    facts = with_known_kind(outcome.value, layout, written)
    is_whole = read.value.is_whole and facts == outcome.value

    shelf = Shelf(project, folder, lang, facts.languages[0])
    original = _original(shelf, read.value, layout, facts)
    labels = read_labels(shelf, layout, facts, original.labels if original else None)
    domains = read_domains(shelf, layout, facts.level)
    terms, spelling = read_terms(shelf), read_spelling(shelf)
    specs = layout.sections_of(facts.level, facts.edition, facts.sections)
    documents, data = _read_sections(shelf, layout, specs, domains)
    data |= _read_portal(shelf, layout)
    prints_sources = any(spec.kind == "sources" for spec in specs)
    own = read_languages(shelf, (lang,))
    year = facts.year if read.value.is_whole else None
    joining = Joining(labels.texts, own.get(lang, Language()))
    worded = worded_in(project, folder, facts.languages)
    sources = read_sources(
        shelf, joining, layout.looks, language=worded, needed=prints_sources, year=year
    )
    indicators = read_indicators(shelf, layout, facts, [each.id for each in domains], sources.value)
    tags = languages_in(documents.values(), data.values(), sources.value or ())
    lent = _lent(shelf, read.value, labels, (*specs, *layout.portal))
    is_lent = lent or any(source.lent for source in sources.value or ())
    lenders = (shelf.original,) if is_lent else ()
    languages = own | read_languages(shelf, {*tags, *lenders} - {lang})
    found += (*shelf.found, *sources.diagnostics)
    found += check_unused(shelf, layout, facts, is_known=is_whole)
    if is_whole:
        found += check_folders(project, folder, facts.languages)
    found += check_layout_files(project, folder, layout)
    found += check_assets(project, layout)
    found += check_whole(shelf)
    of_all = (*specs, *layout.portal)
    names = {name for spec in of_all for name in (spec.file, spec.data) if name}
    known = own | read_languages(shelf, originals_of(shelf) - {lang})
    names |= {LABELS, DOMAINS, SOURCES, PROFILE}
    names |= {layout.indicators} if indicators and layout.indicators else set()
    wrong = {each.span for each in found if has_errors([each])}
    in_step = check_in_step(shelf, names, layout.looks, known)
    # That a heading does not belong there has been told.
    found += (
        each
        for each in in_step
        if each.rule is not Rule.TRANSLATION_HAS_ALL or each.span not in wrong
    )
    profile = Profile(
        folder=folder,
        lang=lang,
        facts=facts,
        domains=domains,
        labels=labels.texts,
        documents=documents,
        data=data,
        sources=_excused(sources.value or (), indicators, is_excused=not is_whole),
        has_sources=sources.value is not None,
        indicators=indicators,
        terms=terms,
        spelling=spelling,
        languages=languages,
        label_spans=labels.spans,
        original=original.profile if original else None,
        lent=lent,
    )
    return Outcome(profile, tuple(found))


def _excused(
    sources: Iterable[Source], indicators: Indicators | None, *, is_excused: bool
) -> tuple[Source, ...]:
    """Let sources go uncited that an indicator names as read for the assessment.

    All may where facts are stand-ins: sections may be missing that cite them.
    """
    asked = indicators.asked if indicators else ()
    read = {key for each in asked for key in each.finding.sources}
    return tuple(
        replace(source, consulted=source.consulted or is_excused or source.key in read)
        for source in sources
    )


@dataclass(frozen=True, slots=True)
class _Original:
    """Of the original of a translation what its texts are filled in with."""

    profile: Profile
    labels: Labels


def _original(
    shelf: Shelf, read: Checked[ProfileFile], layout: Layout, known: Facts
) -> _Original | None:
    """Read the facts and labels of the original, None where this is the original.

    What is wrong with them is told where they are needed, and in the original's own making.
    """
    behind = shelf.behind
    if behind is None:
        return None
    facts = facts_of(shelf.project, shelf.folder, read, behind.lang).value
    facts = replace(facts, level=known.level, edition=known.edition, sections=known.sections)
    labels = read_labels(behind, layout, facts)
    profile = Profile(
        folder=shelf.folder,
        lang=behind.lang,
        facts=facts,
        domains=(),
        labels=labels.texts,
        documents={},
        data={},
        label_spans=labels.spans,
    )
    return _Original(profile, labels)


def _lent(
    shelf: Shelf, read: Checked[ProfileFile], labels: Labels, specs: tuple[SectionSpec, ...]
) -> frozenset[Lent]:
    """Gather what of a translation is in the original's language."""
    files = {basename(path) for path in shelf.lacking}
    names = read.value.territory.name, read.value.territory.long_name
    lent: list[Lent] = [("label", name) for name in labels.lent]
    lent += [("document", spec.id) for spec in specs if spec.file in files]
    lent += [("data", spec.id) for spec in specs if spec.data in files]
    lent += [("domains", "")] if DOMAINS in files else []
    lent += [
        ("facts", field)
        for field, texts in zip(("name", "long_name"), names, strict=True)
        if shelf.lang not in texts and shelf.original in texts
    ]
    return frozenset(lent)


def _facts(
    project: Project, folder: str, read: Checked[ProfileFile], layout: Layout, lang: str
) -> Outcome[Facts]:
    """Take the facts of one language and the layout's options; guess where there is no telling."""
    facts = facts_of(project, folder, read, lang)
    options = chosen_options(read, layout)
    known = facts.value
    if not read.root.entries:
        known = likely(known, layout, names_in(project, f"{folder}/{lang}"))
    found = (*facts.diagnostics, *check_kind(read, layout), *options.diagnostics)
    return Outcome(replace(known, options=options.value), found)


def _read_sections(
    shelf: Shelf, layout: Layout, specs: tuple[SectionSpec, ...], domains: tuple[Domain, ...]
) -> tuple[dict[str, Document], dict[str, dict[str, Data]]]:
    documents: dict[str, Document] = {}
    data: dict[str, dict[str, Data]] = {}
    reader = DataReader(shelf.project, layout.looks, shelf.found)
    for spec in specs:
        what = f'the section "{spec.id}"'
        file = shelf.find_needed(spec.file, what) if spec.file else None
        document = _read_document(shelf, layout, file, spec, domains) if file else None
        if document:
            documents[spec.id] = document
        table = shelf.find_needed(spec.data, what) if spec.data else None
        tree = parse_yaml(table.text, table.path) if table else Outcome(None)
        shelf.found.extend(tree.diagnostics)
        if spec.data:
            data[spec.id] = reader.read(tree.value, spec.fields)
    return documents, data


def _read_portal(shelf: Shelf, layout: Layout) -> dict[str, dict[str, Data]]:
    """Read what the portal prints; a profile, or a language, may be without."""
    data: dict[str, dict[str, Data]] = {}
    reader = DataReader(shelf.project, layout.looks, shelf.found)
    for spec in layout.portal:
        name = spec.data or ""
        folders = (*shelf.folders, *(shelf.behind.folders if shelf.behind else ()))
        if any(name in names_in(shelf.project, folder) for folder in folders):
            file = shelf.find_needed(name, "the portal")
            tree = parse_yaml(file.text, file.path) if file else Outcome(None)
            shelf.found.extend(tree.diagnostics)
            if tree.value is not None:
                data[spec.id] = reader.read(tree.value, spec.fields)
    return data


def _read_document(
    shelf: Shelf, layout: Layout, file: File, spec: SectionSpec, domains: tuple[Domain, ...]
) -> Document | None:
    """Read a section's Markdown; None where there is nothing in it."""
    parsed = parse_document(file.text, file.path, layout.looks)
    shelf.found.extend(parsed.diagnostics)
    if not parsed.value.blocks:
        message = f'The file is empty, but the section "{spec.id}" needs it.'
        shelf.found.append(Diagnostic(Rule.SLOT_IS_FILLED, message, Span(file.path)))
        return None
    shelf.found.extend(check_parts(spec, parsed.value, domains))
    headings = check_headings(shelf.project, layout, spec, parsed.value)
    shelf.found.extend(headings.diagnostics)
    return _with_sound_pictures(shelf, headings.value)


def _with_sound_pictures(shelf: Shelf, document: Document) -> Document:
    def sound(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return sound_figures(shelf.project, blocks, shelf.found)

    notes = {
        label: changed(note, blocks=sound(note.blocks)) for label, note in document.notes.items()
    }
    return with_blocks(document, sound(document.blocks), notes)
