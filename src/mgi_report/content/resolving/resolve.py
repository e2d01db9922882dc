"""Step 2, resolve: a loaded `Profile` gets all that depends on more than one place in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from mgi_report.collecting import without_collecting
from mgi_report.content.lending import lent_from
from mgi_report.content.model import (
    CrossReference,
    Document,
    Domain,
    Inline,
    Profile,
)
from mgi_report.content.resolving.changes import check_changes
from mgi_report.content.resolving.citing import Citations, Voice, arrange, with_one_stop
from mgi_report.content.resolving.headings import check_headings_say
from mgi_report.content.resolving.levels import check_levels
from mgi_report.content.resolving.numbering import drop_parts, number_notes
from mgi_report.content.resolving.spacing import space_profile
from mgi_report.content.resolving.variables import Variables
from mgi_report.content.spelling.marks import check_marks
from mgi_report.content.spelling.plain_words import plain_words
from mgi_report.content.spelling.proofreading import own_texts, proofread, titles_of
from mgi_report.content.spelling.scripts import check_scripts, check_source_scripts
from mgi_report.content.walk import (
    Change,
    Rewrite,
    changed,
    changing,
    headings_of,
    joined,
    rewrite_data,
    rewrite_document,
)
from mgi_report.content.words import Language
from mgi_report.diagnostics import Diagnostic, Rule, nearest
from mgi_report.layout.model import Layout, SectionSpec


@dataclass(frozen=True)
class Resolved:
    """What became of a profile, and what was found on the way; it is proofread when that is asked.

    Nothing depends on what proofreading finds, so workers need not wait for it.
    """

    value: Profile
    _filled_in: Profile
    """The profile with its variables replaced: what is proofread."""
    _before: tuple[Diagnostic, ...]
    _after: tuple[Diagnostic, ...]

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Give all that is wrong, in the order in which it is told."""
        return (*self._before, *proofread(self._filled_in), *self._after)

    @property
    def unproofread(self) -> tuple[Diagnostic, ...]:
        """Give what is wrong without what proofreading finds, which takes as long as all else."""
        return (*self._before, *self._after)


@without_collecting()
def resolve(profile: Profile, layout: Layout, *, join: bool = True) -> Resolved:
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
    found += check_changes(profile, specs)
    found += check_scripts(own_texts(profile), profile.lang, profile.languages)
    found += check_source_scripts(profile.sources, profile.lang, profile.languages)
    # What variables stand for is told where it stands.
    written = [*own_texts(profile), *titles_of(profile)]
    found += check_marks(written, plain_words(profile), profile.lang, profile.languages)
    variables = _Voices(profile, found)
    profile = _rewrite_by_section(profile, lambda name: changing(variables.of_section(name).change))
    profile = replace(
        profile,
        labels=_labels(profile, variables, layout, specs),
        domains=tuple(_domain(domain, variables.of("domains", "")) for domain in profile.domains),
    )
    filled_in, before, found = profile, tuple(found), []
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
    if join:
        profile = space_profile(_rewrite(profile, joined))
    return Resolved(profile, filled_in, before, tuple(found))


def _rewrite(profile: Profile, rewrite: Rewrite) -> Profile:
    return _rewrite_by_section(profile, lambda _section: rewrite)


def _rewrite_by_section(profile: Profile, rewrite_in: Callable[[str], Rewrite]) -> Profile:
    """Rewrite the texts of all sections, and the titles of the sources."""
    documents = {
        section: rewrite_document(document, rewrite_in(section))
        for section, document in profile.documents.items()
    }
    data = {
        section: {key: rewrite_data(value, rewrite_in(section)) for key, value in values.items()}
        for section, values in profile.data.items()
    }
    sources = tuple(
        changed(source, title=rewrite_in("sources")(source.title)) for source in profile.sources
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
