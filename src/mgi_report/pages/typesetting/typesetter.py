"""Step 4, typeset: sections that were typeset before are found again, the others are typeset.

Found in memory, then in the store; typeset by workers where there are several to do, else here.
Whatever the way, the pages are the same: `typeset` is pure, and what is kept is kept under the
digest of all that it was made from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mgi_report.diagnostics import Diagnostic, Outcome
from mgi_report.pages.model import Section, Supplies
from mgi_report.pages.placing import placed
from mgi_report.pages.store import Store
from mgi_report.pages.typesetting import keeping
from mgi_report.pages.typesetting.crew import ON_LINUX, Crew, can_fork, cores
from mgi_report.pages.typesetting.keeping import Typeset

_REMEMBERED = 96
"""Sections kept in memory at most; the one not asked for the longest goes first."""
_VERSIONS = 2
"""For each section of the last making, how many are kept after it: an edit is often undone."""
_ENOUGH_TO_SHARE = 4
"""Sections from which on workers are worth their beginning."""


class Typesetter:
    """Gives the pages of sections."""

    def __init__(
        self,
        program: str,
        store: Store | None = None,
        jobs: int | None = None,
        crew: Crew | None = None,
        read: Callable[[str], str] = lambda _path: "",
    ) -> None:
        """Take the digest of the program, where to keep pages, and how many workers to have.

        `read` gives the text of a file, to find in it what is wrong. A crew that has begun already
        is used, and let go by whoever began it.
        """
        self._program = program
        self._read = read
        self._store = store
        # Where a copy of this process is not safe, workers must load all anew, which seldom pays.
        self._jobs = jobs or (cores() if can_fork() or not ON_LINUX else 1)
        self._remembered: dict[str, Typeset] = {}
        self._digests: dict[int, tuple[Section, str]] = {}
        self._asked_for: set[str] = set()
        """Digests of the sections that this making has asked for."""
        self._crew = crew
        self._is_borrowed = crew is not None
        self._is_cold = True
        """Nothing was made here yet: workers have loaded all sooner."""
        self._had_many = False
        self._sent: dict[str, Section] = {}
        """The sections that workers are at, by id."""

    def digest(self, section: Section) -> str:
        """Digest what a section's pages are made from; they are kept under it."""
        known = self._digests.pop(id(section), None)
        if known is None or known[0] is not section:
            return self._note(section, keeping.digest_of(section, self._program))
        self._digests[id(section)] = known
        return known[1]

    def _note(self, section: Section, digest: str) -> str:
        _shrink(self._digests, _REMEMBERED - 1)
        self._digests[id(section)] = section, digest
        return digest

    def _note_exact(self, section: Section) -> str:
        """Digest a section with all that diagnostics may lead to."""
        return self._note(section, keeping.digest_of(section, self._program, is_exact=True))

    def prepare_fonts(self, fonts: Callable[[], Supplies]) -> None:
        """Let workers that have begun read fonts before there is anything else."""
        if self._crew and self._crew.waits:
            self._crew.supply_fonts(fonts())

    def prepare(self, supplies: Callable[[], Supplies]) -> None:
        """Let workers that have begun read style sheets and fonts before there is a section."""
        if self._crew and self._crew.waits:
            self._crew.supply(supplies())

    def typeset(self, sections: Iterable[Section]) -> Iterator[tuple[Section, Typeset, bool]]:
        """Give the pages of sections, as they are done, and whether they were typeset just now."""
        waiting: list[Section] = []
        for section in sections:
            kept = self._find(section)
            if kept is not None:
                yield section, self._placed(kept, section), False
                continue
            waiting.append(section)
            are_many = len(waiting) >= _ENOUGH_TO_SHARE
            self._had_many |= are_many
            if are_many or (self._crew and self._is_cold):
                self._share(waiting)
        yield from self._finish(waiting)

    def placed(self, found: Iterable[Diagnostic], section: Section) -> tuple[Diagnostic, ...]:
        """Let what was found on a section's pages lead to the lines that it comes from."""
        return placed(found, section, self._read)

    def close(self) -> None:
        """Let the workers go; those of somebody else only where they have been left at work."""
        if self._crew and (self._crew.is_busy or not self._is_borrowed):
            self._crew.close()
            self._crew = self._crew if self._is_borrowed else None
            self._sent.clear()
        self._is_cold = False

    def had_many(self) -> bool:
        """Say whether there have been many sections to typeset since this was asked last."""
        had_many, self._had_many = self._had_many, False
        return had_many

    def trim(self) -> None:
        """Keep what is kept within its bounds; comes after each making."""
        for kept in (self._remembered, self._digests):
            _shrink(kept, _VERSIONS * len(self._asked_for))
        self._asked_for.clear()
        if self._store:
            self._store.trim()

    def _share(self, waiting: list[Section]) -> None:
        """Give what waits to workers that are idle."""
        if self._crew is None:
            if self._jobs < 2:
                return
            self._crew = Crew(self._jobs)
        while waiting and self._crew.give(waiting[0]):
            section = waiting.pop(0)
            self._sent[section.id] = section

    def _finish(self, waiting: list[Section]) -> Iterator[tuple[Section, Typeset, bool]]:
        crew = self._crew
        while crew and crew.is_busy:
            for sent, answer in crew.take():
                section = self._sent.pop(sent.id)
                done = keeping.decode(answer) if answer else None
                if done is None or answer is None:
                    yield self._typeset_here(section)
                else:
                    self._keep(section, done, answer)
                    yield section, self._placed(done, section), True
            self._share(waiting)
        for section in waiting:
            yield self._typeset_here(section)

    def _typeset_here(self, section: Section) -> tuple[Section, Typeset, bool]:
        # Imported here: a build with nothing to typeset does not pay for WeasyPrint's start.
        from mgi_report.pages.typesetting.typeset import typeset_anywhere

        done = typeset_anywhere(section)
        self._keep(section, done, None)
        return section, self._placed(done, section), True

    def _keep(self, section: Section, done: Typeset, encoded: bytes | None) -> None:
        digest = self._note_exact(section) if done.diagnostics else self.digest(section)
        self._remember(digest, done)
        if self._store:
            self._store.put(digest, encoded or keeping.encode(done))

    def _find(self, section: Section) -> Typeset | None:
        digest = self.digest(section)
        self._asked_for.add(digest)
        kept = self._kept(digest) or self._kept(self._note_exact(section))
        if kept is None:
            self._note(section, digest)
        return kept

    def _kept(self, digest: str) -> Typeset | None:
        kept = self._remembered.pop(digest, None)
        if kept is None and self._store and (content := self._store.get(digest)) is not None:
            kept = keeping.decode(content)
        elif kept is not None and self._store and not self._store.has(digest):
            self._store.put(digest, keeping.encode(kept))  # somebody has deleted the store
        if kept is not None:
            self._remember(digest, kept)
        return kept

    def _remember(self, digest: str, typeset: Typeset) -> None:
        _shrink(self._remembered, _REMEMBERED - 1)
        self._remembered[digest] = typeset

    def _placed(self, typeset: Typeset, section: Section) -> Typeset:
        """Let what was found lead to the lines of files that the section comes from."""
        if not typeset.diagnostics:
            return typeset
        return Outcome(typeset.value, self.placed(typeset.diagnostics, section))


def _shrink(kept: dict[Any, Any], size: int) -> None:
    """Drop what was put in first."""
    while len(kept) > size:
        del kept[next(iter(kept))]
