"""Step 3, compose: sections that would be the same again are not composed again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mgi_report.content.model import Profile
from mgi_report.content.walk import data_runs_of
from mgi_report.diagnostics import Diagnostic, Outcome
from mgi_report.layout.model import Layout, SectionSpec
from mgi_report.pages.composing.compose import Composer
from mgi_report.pages.composing.context import Margin
from mgi_report.pages.drafted import Draft
from mgi_report.pages.model import Section
from mgi_report.project import Project


@dataclass(frozen=True, slots=True)
class Composed:
    """A section, and what it was made from."""

    section: Section | None
    diagnostics: tuple[Diagnostic, ...] = ()
    files: Mapping[str, str | None] = field(default_factory=dict)
    """Templates, style sheets, pictures … by path: their digest, None where there was none."""
    folios: Mapping[str, int] = field(default_factory=dict)
    """The page numbers that it may print."""
    labels: tuple[str, ...] = ()
    """The keys of the labels that it prints."""


@dataclass(frozen=True, slots=True)
class _Kept:
    inputs: object
    composed: Composed


class Compositions:
    """The sections of one profile in one language, from one making to the next."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._used: set[str] = set()
        self._shared: tuple[object, ...] = ()
        self._version = 0
        self._composer: Composer | None = None
        self._profile: Profile | None = None
        self._project: Project | None = None
        self.found: tuple[Diagnostic, ...] = ()
        """What is wrong with files that all sections use."""

    def begin(self, profile: Profile, layout: Layout, project: Project) -> None:
        """Take what a making has read."""
        shared = (
            profile.folder,
            profile.lang,
            profile.languages,
            profile.facts,
            profile.domains,
            profile.labels,
            profile.sources,
            profile.lent,
            layout,
        )
        if self._shared != shared:
            self._version += 1
            self._shared = shared
        self._profile, self._project = profile, project
        with project.noting() as files:
            self._composer = Composer(profile, layout, project)
        self._common = files
        self.found = tuple(self._composer.found)
        self._kept = {name: kept for name, kept in self._kept.items() if name in self._used}
        self._used = set()

    @property
    def specs(self) -> tuple[SectionSpec, ...]:
        """The sections that this profile has, in order."""
        return self._ready().specs

    @property
    def sections(self) -> list[Section]:
        """All that was composed last."""
        kept = (each.composed.section for each in self._kept.values())
        return [section for section in kept if section is not None]

    @property
    def has_fonts(self) -> bool:
        """Say whether there is a font to typeset in."""
        return self._ready().has_fonts

    def label(self, name: str) -> str:
        """Give a word that the layout prints."""
        profile = self._profile
        assert profile is not None
        return profile.labels.get(name, "")

    def number(self, spec: SectionSpec) -> int:
        """Give the number of a section's domain, 0 where it is no domain's chapter."""
        return self._ready().number(spec)

    def weight(self, spec: SectionSpec) -> int:
        """Guess how long a section takes to typeset, from what there is to set."""
        profile = self._profile
        assert profile is not None
        document = profile.documents.get(spec.id)
        sources = len(profile.sources) if spec.kind == "sources" else 0
        texts = sum(1 for _ in data_runs_of(profile.data.get(spec.id, {})))
        blocks = len(document.blocks) + 3 * len(document.notes) if document else 0
        return sources + texts + blocks

    def compose(self, spec: SectionSpec, folios: Mapping[str, int]) -> Composed:
        """Make one section; `folios` gives the first page of each section, where it is known."""
        profile = self._profile
        assert profile is not None
        inputs = (
            self._version,
            spec,
            profile.documents.get(spec.id),
            profile.data.get(spec.id),
            dict(folios),
        )
        return self._remember(
            spec.id, inputs, folios, lambda composer: composer.compose(spec, folios)
        )

    def furniture(self, group: str, names: Sequence[str]) -> Composed:
        """Make a section whose pages are laid over others: one page for each name."""
        inputs = (self._version, tuple(names))
        return self._remember(group, inputs, {}, lambda composer: composer.furniture(names, group))

    def margins(self, name: str, margins: Sequence[Margin], draft: Draft) -> Composed:
        """Make what is laid over the pages of a section in a draft."""
        told = replace(draft, blocks=(), gaps=(), changes=(), passages=())
        inputs = (self._version, tuple(margins), told)
        return self._remember(
            name, inputs, {}, lambda composer: composer.margins(name, margins, told)
        )

    def of_draft(self, kind: str, draft: Draft) -> Composed:
        """Make a section that only a draft has: the "changes", or a "redline"."""
        told = replace(draft, blocks=(), gaps=())
        return self._remember(
            kind, (self._version, told), {}, lambda composer: composer.of_draft(kind, told)
        )

    def _remember(
        self,
        name: str,
        inputs: object,
        folios: Mapping[str, int],
        compose: Callable[[Composer], Outcome[Section | None]],
    ) -> Composed:
        self._used.add(name)
        kept = self._kept.get(name)
        if kept and kept.inputs == inputs and self._is_same(kept.composed.files):
            return kept.composed
        project = self._project
        assert project is not None
        composer = self._ready()
        composer.found.clear()  # what a section finds is kept with it
        with project.noting() as files:
            outcome = compose(composer)
        read = {path: project.reads[path] for path in sorted(files | self._common)}
        diagnostics = (*composer.found, *outcome.diagnostics)
        composed = Composed(outcome.value, diagnostics, read, dict(folios), composer.printed)
        self._kept[name] = _Kept(inputs, composed)
        return composed

    def _is_same(self, files: Mapping[str, str | None]) -> bool:
        """Say whether files are still what they were; reads those not read yet."""
        project = self._project
        assert project is not None
        for path, digest in files.items():
            if path not in project.reads:
                project.read(path)
            if project.reads[path] != digest:
                return False
        return True

    def _ready(self) -> Composer:
        assert self._composer is not None, "begin comes first"
        return self._composer
