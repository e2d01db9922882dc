"""Makes one language of a profile, again and again: load, resolve, compose, typeset, bind, audit.

`Workshop` keeps what has not changed from one making to the next, in memory and, where it has a
`Store`, on disk. Use it so:

    workshop = Workshop(Path("content/mali-2021"), "en")
    made = workshop.make()          # the first time all sections are typeset, or found in the store
    made.volume.pdf                 # bytes; None in `volume` where there were errors
    made.leaves                     # sections with their Pages, at their folios
    made.retypeset                  # what was typeset this time, and why
    workshop.watched()              # absolute paths that matter, files and folders
    workshop.rest()                 # when nobody waits: get ready for the next making

After a file was written, call `make()` again. It reads the files itself and trusts no clock. It
may be called from any thread, from one at a time. `close()` lets the workers go, if there are any.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mgi_report import reasons
from mgi_report.accounts import account
from mgi_report.checks.arrival import lost
from mgi_report.collecting import collect
from mgi_report.content.facts import Facts
from mgi_report.content.files import barred, salvage
from mgi_report.content.loading.load import load, read_facts
from mgi_report.content.model import Profile
from mgi_report.content.resolving.resolve import Resolved, resolve
from mgi_report.content.words import Language
from mgi_report.diagnostics import Rule, has_errors
from mgi_report.layout.model import Layout
from mgi_report.layout.reading import read_layout
from mgi_report.making import LastMade, Made, Making
from mgi_report.pages.binding.colour import read_colour_profile
from mgi_report.pages.binding.particulars import attachments_of, check_date, dated, metadata_of
from mgi_report.pages.composing.compositions import Compositions
from mgi_report.pages.composing.stock import Stock
from mgi_report.pages.model import Conformance, Furniture, Leaf, Volume
from mgi_report.pages.plates.ground import PressGround, press_ground
from mgi_report.pages.press import Press
from mgi_report.pages.store import Store
from mgi_report.pages.typesetting.crew import Crew, crew_ahead
from mgi_report.pages.typesetting.typesetter import Typesetter
from mgi_report.program import program
from mgi_report.progress import Progress, Tell, telling
from mgi_report.project import Barred, DiskProject, Project, open_project
from mgi_report.reasons import Ledger
from mgi_report.results import FURNITURE, Retypeset
from mgi_report.variants import SCREEN, Variant

if TYPE_CHECKING:
    from mgi_report.pages.drafting.margins import Margins

__all__ = ["Crew", "Made", "Retypeset", "Workshop", "crew_ahead"]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a making stands on."""

    facts: Facts
    layout: Layout
    colour_profile: bytes
    press: PressGround | None
    """What a press needs beside; None for what is read on screens."""
    is_whole: bool
    """No file of the layout is missing: each page would lack the same one, and tell of it."""


class Workshop:
    """Makes one language of a profile again and again, keeping what has not changed."""

    def __init__(
        self,
        folder: Path,
        lang: str,
        *,
        standard: str = "ua1+3a",
        store: Store | None = None,
        jobs: int | None = None,
    ) -> None:
        """Take the profile's folder and a language of it.

        `store` keeps sections from one process to the next, see `Store.of`; `jobs` is how many
        sections may be typeset at once, as many as there are processors when None.
        """
        project, inside = open_project(folder)
        self._begin(project, inside, lang, standard, store, jobs)

    @classmethod
    def of(
        cls,
        project: Project,
        folder: str,
        lang: str,
        *,
        standard: str = "ua1+3a",
        store: Store | None = None,
        jobs: int | None = None,
        crew: Crew | None = None,
        destination: str = "",
        variant: Variant = SCREEN,
    ) -> Workshop:
        """Make a workshop for a folder of a project that is open already.

        `crew` are workers that have begun already; others begin where they are needed. What is
        made is held against what was made before for the same `destination`.
        """
        workshop = cls.__new__(cls)
        workshop._begin(project, folder, lang, standard, store, jobs, crew, destination, variant)  # noqa: SLF001  its own
        return workshop

    def _begin(
        self,
        project: Project,
        folder: str,
        lang: str,
        standard: str,
        store: Store | None,
        jobs: int | None,
        crew: Crew | None = None,
        destination: str = "",
        variant: Variant = SCREEN,
    ) -> None:
        self._project = project
        self._folder = folder
        self._lang = lang
        self._standard = Conformance(standard)
        self._store = store
        self._variant = variant
        root = project.root if isinstance(project, DiskProject) else ""
        self._name = "\n".join((str(root), folder, lang, standard, destination, variant.name))
        self._ledger: Ledger | None = None
        """What the last making was made from."""
        self._stored: Ledger | None = None
        """What of that the store has."""
        self._last = LastMade()
        self._compositions = Compositions()
        self._typesetter = Typesetter(program(), store, jobs, crew, self._text)

    @property
    def project(self) -> Project:
        """The project that the profile stands in."""
        return self._project

    @property
    def folder(self) -> str:
        """The profile's folder in the project."""
        return self._folder

    def _text(self, path: str) -> str:
        return salvage(self._project.read(path) or b"")

    def close(self) -> None:
        """Let go what is held."""
        self._typesetter.close()

    def had_many(self) -> bool:
        """Say whether many sections were typeset since this was asked last: workers pay."""
        return self._typesetter.had_many()

    def rest(self) -> None:
        """Do what can wait until nobody does: load what the next making needs, drop what is left.

        Where all was kept, the last making had no need of WeasyPrint, nor of the style sheets.
        """
        from mgi_report.pages.typesetting.typeset import ready

        for section in self._compositions.sections:
            ready(section)
        collect()

    def watched(self) -> frozenset[str]:
        """Give the absolute paths of what the last making read, or looked for in vain.

        Files, and folders whose names were listed. Those of shipped files are among them.
        """
        project = self._project
        return project.watched() if isinstance(project, DiskProject) else frozenset()

    def make(self, progress: Progress | None = None) -> Made:
        """Read what changed, typeset what must be, and bind; nothing is written.

        Goes on after an error as far as it can, so that everything wrong is found in one run.
        `progress` is told of each stage before it begins.
        """
        making = Making(time.perf_counter())
        try:
            return self._make(progress, making)
        except Barred as error:
            # The content says so itself; this is for the layout's files, which all sections need.
            making.found.append(barred(error))
            return making.end()

    def _make(self, progress: Progress | None, making: Making) -> Made:
        if last := self._last.find(self._project, self._folder, making):
            return last
        self._project.begin()
        ground = self._survey(making)
        if ground is None:
            return making.end()
        tell = telling(progress, ground.facts.id, self._lang)
        loaded, resolved = self._read(ground, tell, making)
        if loaded is None or resolved is None:
            return making.end()
        profile = resolved.value
        if not ground.is_whole:
            making.found += resolved.diagnostics
            return making.end(profile)
        press, leaves, furniture = self._print(resolved, ground, tell, making)
        ledger = self._say_why(press, ground.layout, loaded, profile, making)
        making.note("sections")
        if has_errors(making.found) or furniture is None:
            return making.end(profile)
        volume = self._bind(profile, leaves, furniture, ground, tell, making)
        self._put_away(ledger, is_whole=not has_errors(making.found))
        unkept = self._store.warnings() if self._store else ()
        making.found += unkept
        made = making.end(profile, volume, tuple(leaves))
        return made if unkept else self._last.keep(made, self._project)

    def _survey(self, making: Making) -> _Ground | None:
        """Read what all else stands on: facts, layout, date and colour profile."""
        project = self._project
        facts = read_facts(project, self._folder)
        making.found += facts.diagnostics
        if facts.value is None:
            return None
        layout = read_layout(project, facts.value.layout, facts.value.layout_span)
        making.found += layout.diagnostics
        if layout.value is None:
            return None
        colour_profile = read_colour_profile(project)
        making.found += (*check_date(project), *colour_profile.diagnostics)
        is_whole = all(each.rule is not Rule.FILE_EXISTS for each in layout.diagnostics)
        press = None
        if self._variant.is_for_press:
            given = self._variant.press_profile
            asked = press_ground(project, layout.value, facts.value, given)
            making.found += asked.diagnostics
            press = asked.value
            is_whole &= press is not None
        return _Ground(facts.value, layout.value, colour_profile.value, press, is_whole)

    def _read(
        self, ground: _Ground, tell: Tell, making: Making
    ) -> tuple[Profile | None, Resolved | None]:
        """Go through steps 1 and 2; give what came of each. What step 2 found can be told later."""
        with suppress(Barred):  # it is said by who composes
            self._typesetter.prepare_fonts(lambda: self._stock(ground, {}).supplied_fonts())
        tell("1 load")
        loaded = load(self._project, self._folder, ground.layout, self._lang)
        making.found += loaded.diagnostics
        making.note("load")
        if loaded.value is None:
            return None, None
        with suppress(Barred):
            languages = loaded.value.languages
            self._typesetter.prepare(lambda: self._stock(ground, languages).supplies())
        tell("2 resolve")
        resolved = resolve(loaded.value, ground.layout)
        making.note("resolve")
        return loaded.value, resolved

    def _stock(self, ground: _Ground, languages: Mapping[str, Language]) -> Stock:
        return Stock(ground.layout, self._project, self._folder, languages)

    def _print(
        self, resolved: Resolved, ground: _Ground, tell: Tell, making: Making
    ) -> tuple[Press, list[Leaf], tuple[Furniture, ...] | None]:
        """Go through steps 3 and 4, and see that nothing of the content was lost on the way."""
        facts = replace(resolved.value.facts, is_for_press=self._variant.is_for_press)
        profile = replace(resolved.value, facts=facts)
        self._compositions.begin(profile, ground.layout, self._project)

        def meanwhile() -> object:
            _load_the_rest()
            return resolved.diagnostics  # they are kept

        margins, imposition = self._margins(), ground.press.imposition if ground.press else None
        press = Press(self._compositions, self._typesetter, tell, meanwhile, margins, imposition)
        try:
            leaves, furniture = press.run()
        finally:
            self._typesetter.close()
            making.found += (*resolved.diagnostics, *press.diagnostics)
        if not has_errors(each for each in making.found if each.rule is not Rule.TEXT_CAN_BE_READ):
            making.found += lost(leaves)
        return press, leaves, furniture

    def _margins(self) -> Margins | None:
        annotate = self._variant.annotate
        if annotate is None:
            return None
        # Not at the top: only a draft pays for loading what lays pages over others.
        from mgi_report.pages.drafting.margins import Margins

        known = partial(annotate, self._project, self._folder, self._lang)
        return Margins(self._compositions, self._typesetter, known)

    def _bind(
        self,
        profile: Profile,
        leaves: Sequence[Leaf],
        furniture: Sequence[Furniture],
        ground: _Ground,
        tell: Tell,
        making: Making,
    ) -> Volume:
        """Go through steps 5 and 6."""
        # Not at the top: workers begin sooner without.
        from mgi_report.checks.audit import audit
        from mgi_report.pages.binding.bind import bind

        tell("5 bind")
        identify = self._variant.identify
        identity = identify(self._project, self._folder, self._lang) if identify else ""
        metadata = metadata_of(profile, self._project, self._variant.title, identity)
        if ground.press:
            from mgi_report.pages.plates.volumes import bind_for_press, press_of

            press = press_of(ground.press, ground.colour_profile, ground.layout)
            bound = bind_for_press(leaves, furniture, dated(metadata, profile.facts), press)
        else:
            bound = bind(
                leaves,
                furniture,
                metadata,
                colour_profile=ground.colour_profile,
                standard=self._standard,
                attachments=attachments_of(profile, self._project, ground.layout),
            )
        making.found += bound.diagnostics
        making.note("bind")
        tell("6 audit")
        if ground.press:
            from mgi_report.checks.pressed import audit_for_press

            making.found += audit_for_press(bound.value)
        else:
            making.found += audit(bound.value.pdf)
        making.note("audit")
        return bound.value

    def _say_why(
        self, press: Press, layout: Layout, loaded: Profile, resolved: Profile, making: Making
    ) -> Ledger:
        """Hold what was made against the making before, where there was one that was whole.

        Notes of what was typeset why, and of what changed to what had been made before.
        """
        specs = self._compositions.specs
        if self._ledger is None and self._store:
            self._ledger = self._stored = reasons.kept(self._store, self._name)
        digest, before = self._typesetter.digest, self._ledger
        now = account(
            self._project, layout, loaded, resolved, press.composed, specs, digest, before
        )
        changed = reasons.changed(before, now)
        typeset = press.typeset | ({FURNITURE} if press.has_new_furniture else set())
        why = {
            name: reasons.reason(name, before, now)
            for name in now.sections
            if name in typeset or name in changed
        }
        said = [Retypeset(name, reason) for name, reason in why.items()]
        making.why = (
            tuple(each for each in said if each.section_id in press.typeset),
            why.get(FURNITURE) if press.has_new_furniture else None,
            tuple(each for each in said if each.section_id not in typeset),
        )
        if len(now.sections) == len(specs) + 1:  # the furniture
            self._ledger = now
        return now

    def _put_away(self, ledger: Ledger, *, is_whole: bool) -> None:
        """Keep what the next process needs."""
        store = self._store
        is_there = ledger == self._stored and store and reasons.is_kept(store, self._name)
        if store and is_whole and not is_there:
            # Where there was no PDF, the next build looks back to the last that there was.
            self._stored = ledger
            reasons.keep(ledger, store, self._name)
        self._typesetter.trim()


def _load_the_rest() -> None:
    """Load what comes after typesetting."""
    import mgi_report.checks.audit
    import mgi_report.pages.binding.bind  # noqa: F401
