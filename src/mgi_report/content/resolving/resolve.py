"""Step 2, resolve: a loaded `Profile` gets all that depends on more than one place in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from mgi_report.collecting import without_collecting
from mgi_report.content.cover import Picture
from mgi_report.content.lending import lent_from
from mgi_report.content.model import (
    CrossReference,
    Document,
    Domain,
    Figure,
    Inline,
    Profile,
)
from mgi_report.content.resolving.citing import Citations, Voice, arrange, with_one_stop
from mgi_report.content.resolving.headings import check_headings_say
from mgi_report.content.resolving.levels import check_levels
from mgi_report.content.resolving.numbering import drop_parts, number_notes
from mgi_report.content.resolving.spacing import space_profile
from mgi_report.content.resolving.variables import Variables
from mgi_report.content.spelling.authors import check_authors
from mgi_report.content.spelling.foreign import check_foreign
from mgi_report.content.spelling.link_words import check_link_words
from mgi_report.content.spelling.marks import check_marks
from mgi_report.content.spelling.picture_words import check_picture_words
from mgi_report.content.spelling.plain_words import plain_words
from mgi_report.content.spelling.scripts import check_scripts, check_source_scripts
from mgi_report.content.spelling.two_ways import check_spelling
from mgi_report.content.walk import (
    Change,
    Rewrite,
    changing,
    figures_of,
    headings_of,
    joined,
    rewrite_blocks,
    rewrite_data,
    texts_of,
)
from mgi_report.content.words import Language
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, nearest
from mgi_report.layout.model import Layout, SectionSpec


@without_collecting()
def resolve(profile: Profile, layout: Layout, *, join: bool = True) -> Outcome[Profile]:
    """Drop what does not hold, then replace, number, sort, check and link the rest.

    Without `join`, each text stays as it stands on its line, where all of it has its place.
    """
    found: list[Diagnostic] = []
    facts = profile.facts
    specs = layout.sections_of(facts.level, facts.edition, facts.sections)
    whole = profile
    profile = replace(
        profile,
        documents={name: drop_parts(each, facts) for name, each in profile.documents.items()},
    )
    for name, document in whole.documents.items():
        found += check_levels(name, document, profile.documents[name], facts, layout)
    for spec in specs:
        if spec.id in profile.documents:
            found += check_headings_say(spec, profile.documents[spec.id])
    found += check_scripts(_own_texts(profile), profile.lang, profile.languages)
    found += check_source_scripts(profile.sources, profile.lang, profile.languages)
    titles = [source.title for source in profile.sources if source.language is None]
    written = [*_own_texts(profile), *titles]  # what variables stand for is told where it stands
    found += check_marks(written, plain_words(profile), profile.lang, profile.languages)
    variables = _Voices(profile, found)
    profile = _rewrite_by_section(profile, lambda name: changing(variables.of_section(name).change))
    profile = replace(
        profile,
        labels=_labels(profile, variables, layout, specs),
        domains=tuple(_domain(domain, variables.of("domains", "")) for domain in profile.domains),
    )
    titles = [source.title for source in profile.sources if source.language is None]
    texts = list(_own_texts(profile))
    names = f"{facts.name}\n{facts.long_name}\n{facts.in_text}\n{facts.of}"
    found += check_spelling(texts, titles, profile.terms, profile.spelling, names)
    found += check_foreign(texts, profile.languages.get(profile.lang, Language()))
    found += check_authors(profile.sources, profile.spelling)
    found += check_link_words([*texts, *titles], profile.languages.values())
    cover = profile.facts.cover
    blocks = [block for document in _own_documents(profile) for block in document.blocks]
    of_cover = (each for each in (cover.photograph, *cover.logos) if each)
    shown = chain[Figure | Picture](figures_of(blocks), of_cover)
    found += check_picture_words(shown, profile.languages.values())
    language = profile.languages.get(profile.lang, Language())
    profile = replace(
        profile,
        documents=number_notes(dict(profile.documents), specs),
        sources=arrange(profile.sources, language),
    )
    own = Voice(profile.lang, profile.labels)
    original = Voice(profile.original.lang, profile.original.labels) if profile.original else own
    citations = Citations(profile.sources, own, original, found, is_known=profile.has_sources)
    profile = _rewrite_by_section(
        profile,
        lambda name: changing(citations.change_in(*lent_from(profile, name) or (profile.lang,))),
    )
    profile = _rewrite(profile, with_one_stop)
    if all(spec.id in whole.documents for spec in specs if spec.file):
        # A chapter that could not be read may cite what nothing else does.
        found += citations.uncited()
    targets = _Targets(profile, whole, [spec.id for spec in specs], found)
    profile = _rewrite_by_section(profile, lambda section: changing(targets.change_in(section)))
    if not join:
        return Outcome(profile, tuple(found))
    return Outcome(space_profile(_rewrite(profile, joined)), tuple(found))


def _rewrite(profile: Profile, rewrite: Rewrite) -> Profile:
    return _rewrite_by_section(profile, lambda _section: rewrite)


def _rewrite_by_section(profile: Profile, rewrite_in: Callable[[str], Rewrite]) -> Profile:
    """Rewrite the texts of all sections, and the titles of the sources."""
    documents = {}
    for section, document in profile.documents.items():
        rewrite = rewrite_in(section)
        documents[section] = replace(
            document,
            blocks=rewrite_blocks(document.blocks, rewrite),
            notes={
                label: replace(note, blocks=rewrite_blocks(note.blocks, rewrite))
                for label, note in document.notes.items()
            },
        )
    data = {
        section: {key: rewrite_data(value, rewrite_in(section)) for key, value in values.items()}
        for section, values in profile.data.items()
    }
    sources = tuple(
        replace(source, title=rewrite_in("sources")(source.title)) for source in profile.sources
    )
    return replace(profile, documents=documents, data=data, sources=sources)


def _labels(
    profile: Profile, variables: _Voices, layout: Layout, specs: tuple[SectionSpec, ...]
) -> dict[str, str]:
    """Replace variables in labels, but for titles of sections that the profile does not have."""
    idle = {spec.label for spec in layout.sections} - {spec.label for spec in specs}
    return {
        key: text if key in idle else variables.of("label", key).label(key)
        for key, text in profile.labels.items()
    }


def _own_texts(profile: Profile) -> Iterator[tuple[Inline, ...]]:
    """Go through the texts in the profile's language; others were judged in their own."""
    data = [values for name, values in profile.data.items() if ("data", name) not in profile.lent]
    return texts_of(_own_documents(profile), data)


def _own_documents(profile: Profile) -> list[Document]:
    return [
        document
        for name, document in profile.documents.items()
        if ("document", name) not in profile.lent
    ]


class _Voices:
    """The variables of a profile; in a translation also as the original's words need them."""

    def __init__(self, profile: Profile, found: list[Diagnostic]) -> None:
        self._lent = profile.lent
        self._own = Variables(profile, found)
        self._original = Variables(profile.original, found) if profile.original else self._own

    def of(self, kind: str, name: str) -> Variables:
        """Give the variables for words that may be the original's."""
        return self._original if (kind, name) in self._lent else self._own

    def of_section(self, name: str) -> Variables:
        """Give the variables for the texts of a section."""
        return self.of("document" if ("document", name) in self._lent else "data", name)


def _domain(domain: Domain, variables: Variables) -> Domain:
    name, title, looks_at = (
        variables.replace(text, domain.span)
        for text in (domain.name, domain.title, domain.looks_at)
    )
    return replace(domain, name=name, title=title, looks_at=looks_at)


class _Targets:
    """The places that cross-references lead to; gathers what is wrong in `found`."""

    def __init__(
        self, profile: Profile, whole: Profile, sections: list[str], found: list[Diagnostic]
    ) -> None:
        self._found = found
        self._there = {*sections, *_heading_targets(profile.documents)}
        self._left_out = {*_heading_targets(whole.documents)} - self._there

    def change_in(self, section: str) -> Change:
        """Give the change for a section, in which `#heading` is short for `#section/heading`."""

        def change(node: Inline) -> tuple[Inline, ...]:
            if not isinstance(node, CrossReference):
                return (node,)
            inside = f"{section}/{node.target}"
            for target in (node.target, inside):
                if target in self._there:
                    return (replace(node, target=target),)
            if {node.target, inside} & self._left_out:
                message = f'"#{node.target}" leads to a part that is left out of this profile.'
                hint = "The heading's `when` does not hold, or its `unless` does."
            else:
                message = f'"#{node.target}" leads to no section or heading of the profile.'
                short = {name.removeprefix(f"{section}/") for name in self._there}
                hint = nearest(node.target, short) or "Write #section or #section/heading."
            self._found.append(Diagnostic(Rule.TARGET_EXISTS, message, node.span, hint))
            return node.kids

        return change


def _heading_targets(documents: Mapping[str, Document]) -> Iterator[str]:
    for section, document in documents.items():
        for heading in headings_of(document.blocks):
            yield f"{section}/{heading.id}"
