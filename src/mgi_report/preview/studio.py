"""Keeps what is shown in step with the files: watches, makes, draws, and tells those who look on.

Volumes are made in one thread and drawn in another; the loop of the server waits for neither.
"""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import anyio
import anyio.lowlevel

from mgi_report.content.loading.load import read_facts
from mgi_report.diagnostics import Diagnostic, Outcome, Span, has_errors
from mgi_report.pages.store import Store
from mgi_report.portal.around import around
from mgi_report.preview.desk import Desk, View
from mgi_report.preview.drawing import Book, Pictures
from mgi_report.preview.showing import Showing, sorted_messages
from mgi_report.preview.watching import Range, changes, range_of
from mgi_report.progress import Stage
from mgi_report.project import DiskProject, Shipped, open_project
from mgi_report.steps import output_path
from mgi_report.workshop import Crew, Made, Workshop

_T = TypeVar("_T")


LINGER = 600.0
"""Seconds that workers stay after they were of use; a style sheet is seldom saved once."""

SHARED = ("content/shared", "layouts", "assets")
"""Where files lie that profiles share."""

Begin = Callable[..., Workshop]
"""Begins the workshop of a variant, with what `Workshop.of` takes."""

VARIANTS: Mapping[str, Begin] = {"screen": Workshop.of}
"""What can be shown of each language; the first is what `build` writes. The browser offers a choice
where there is one."""


class Ended(Exception):
    """The preview ends: what is being made is not needed."""


class Studio:
    """A profile as it is shown, in all views that somebody looks at."""

    def __init__(
        self,
        folder: Path,
        *,
        tell: Callable[[str], None] | None = None,
        crew: Crew | None = None,
        variants: Mapping[str, Begin] = VARIANTS,
    ) -> None:
        """Take the profile's folder; `tell` is told what goes wrong with the program itself.

        `crew` are workers that have begun. They serve the first making, and stay as long as there
        are saves after which many sections are typeset.
        """
        self.folder = folder
        self._project, self._inside = open_project(folder)
        self._shipped = Shipped().root
        self._tell = tell or (lambda _: None)
        self._crew = crew
        self._crew_until = 0.0
        """On the clock of `time.monotonic`."""
        self._variants = variants
        self._desks: dict[View, Desk] = {}
        self._looked_at = View("", "")
        """What somebody began to look at last."""
        self._languages: tuple[str, ...] = ()
        self._name = folder.absolute().name
        self._facts_found: tuple[Diagnostic, ...] = ()
        self._watched: frozenset[str] = frozenset()
        self._range = self._first_range()
        self._watching = asyncio.Event()
        self._making = ThreadPoolExecutor(1, thread_name_prefix="preview-make")
        self._drawing = ThreadPoolExecutor(1, thread_name_prefix="preview-draw")
        self._pictures = Pictures()
        self._site: tuple[Made, Outcome[Mapping[str, bytes]]] | None = None
        """The portal of the last making of which it was asked for."""
        self._beside: frozenset[str] = frozenset()
        """Files that it was made of."""
        self._wanted = asyncio.Event()
        self._pulse = asyncio.Event()
        self._watch_stop: anyio.Event | None = None
        self.ended = False
        self.working = False

    # --- what others ask ----------------------------------------------------------------------

    @property
    def project(self) -> DiskProject:
        """The project that the profile stands in."""
        return self._project

    def view(self, lang: str | None = None, variant: str | None = None) -> View:
        """Give the view to show where one was asked for: what there is not, the first stands for.

        Its language is "" while none is known.
        """
        languages, variants = self._languages or ("",), tuple(self._variants)
        return View(
            lang if lang is not None and lang in self._languages else languages[0],
            variant if variant is not None and variant in variants else variants[0],
        )

    def state(self, view: View) -> dict[str, object]:
        """Give what a browser is to show."""
        showing = self.showing(view)
        return {
            "profile": self._name,
            "languages": list(self._languages),
            "variants": list(self._variants),
            "ready": bool(showing.sheets or showing.diagnostics),
            **showing.as_json(),
        }

    def showing(self, view: View) -> Showing:
        """Give what is shown of a view; what is wrong with profile.yml while it is read."""
        desk = self._desks.get(view)
        showing = desk.showing if desk else Showing(view.lang, view.variant)
        if self._facts_found and not showing.diagnostics:
            found = sorted_messages(self._facts_found)
            showing = replace(showing, diagnostics=found, current=False)
        return showing

    async def picture(self, digest: str, width: int) -> bytes | None:
        """Draw a page by what is seen on it; None where there is no such page any more."""
        kept = self._pictures.find(digest, width)
        if kept is not None:
            return kept
        return await self._in(self._drawing, partial(self._draw, digest, width))

    async def portal(self, lang: str) -> Outcome[Mapping[str, bytes]]:
        """Give the files of the portal, this profile's page first, as last made in a language."""
        desk = self._desks.get(self.view(lang))
        if desk is None or desk.made is None:
            return Outcome({})
        site = await self._in(self._drawing, partial(self._portal, desk.made))
        self._follow()
        return site

    def place(self, span: Span) -> Path | None:
        """Give the file of a place in the content, where it is one."""
        shared = [self._shipped / folder for folder in SHARED]
        for root, within in ((self._project.root, [self._project.root]), (self._shipped, shared)):
            found = (root / span.file).resolve()
            if any(found.is_relative_to(folder) for folder in within) and found.is_file():
                return found
        return None

    def look(self, view: View, *, on: bool) -> None:
        """Count one more who looks at a view, or one fewer."""
        desk = self._desks.get(view)
        if not desk:  # nothing is known yet
            return
        desk.onlookers += 1 if on else -1
        if on:
            self._looked_at = view
            if desk.stale:
                self._wanted.set()

    @property
    def pulse(self) -> asyncio.Event:
        """Is set when there is news; take it before you look."""
        return self._pulse

    async def over(self) -> None:
        """Wait until it ends."""
        while not self.ended:
            await self._pulse.wait()

    # --- how it goes on -------------------------------------------------------------------------

    async def run(self) -> None:
        """Make, and watch, until `end`."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._watch)
            await self._watching.wait()
            while not self.ended:
                self._wanted.clear()
                await self._make_all()
                if not self.ended:
                    await self._in(self._making, self._rest)
                if self._crew and self._crew.is_there:
                    with anyio.move_on_after(self._crew_until - time.monotonic()) as waiting:
                        await self._wanted.wait()
                    if waiting.cancelled_caught:
                        await self._in(self._making, self._crew.close)
                await self._wanted.wait()
            tasks.cancel_scope.cancel()

    def end(self) -> None:
        """Tell all that it ends; nothing more is made."""
        self.ended = True
        self._wanted.set()
        if self._watch_stop:
            self._watch_stop.set()
        self._beat()

    async def close(self) -> None:
        """Let all go, when `run` has ended."""
        self.end()
        for pool in (self._making, self._drawing):
            await asyncio.to_thread(partial(pool.shutdown, wait=True, cancel_futures=True))
        for desk in self._desks.values():
            desk.close()

    def _beat(self) -> None:
        pulse, self._pulse = self._pulse, asyncio.Event()
        pulse.set()

    async def _watch(self) -> None:
        """Follow the files; begin anew where others have to be followed."""
        while not self.ended:
            self._watch_stop = anyio.Event()
            # While something is made, it is not known what is read: all counts.
            watch = changes(
                self._range, lambda: None if self.working else self._watched, self._watch_stop
            )
            async for found in watch:
                if found:
                    self._ask_for_all(saved=True)
                elif self._watching.is_set():
                    # What changed between two watches nobody has told.
                    self._ask_for_all(saved=False)
                self._watching.set()
            await anyio.lowlevel.checkpoint()

    def _ask_for_all(self, *, saved: bool) -> None:
        for desk in self._desks.values():
            desk.stale = True
            desk.saved |= saved
        self._wanted.set()

    def _range_of(self, paths: Iterable[str]) -> Range:
        return range_of(paths, {self._project.root, self._shipped})

    def _first_range(self) -> Range:
        """Give what is watched before it is known what is read."""
        names = (f"{self._inside}/profile.yml", *(f"{folder}/any" for folder in SHARED))
        roots = (self._project.root, self._shipped)
        return self._range_of(str(root / name) for root in roots for name in names)

    async def _make_all(self) -> None:
        self.working = True
        self._beat()
        try:
            await self._in(self._making, self._read_facts)
            for desk in self._wanted_desks():
                if desk.stale:
                    desk.stale = False
                    await self._in(self._making, partial(self._make, desk))
                    self._beat()
        except Ended:
            return
        finally:
            self._follow()
            self.working = False
            self._beat()

    def _wanted_desks(self) -> list[Desk]:
        """Give the desks that are kept up: those looked at, the last one first.

        While nobody looks, what was looked at last: the page may just be hidden, and comes back.
        """
        last = self._desks.get(self._looked_at) or self._desks.get(self.view())
        looked_at = [desk for desk in self._desks.values() if desk.onlookers]
        looked_at.sort(key=lambda desk: desk is not last)
        return looked_at or ([last] if last else [])

    def _follow(self) -> None:
        """Watch what was read; what was once watched stays so, since it may be read again."""
        self._watched = self._beside.union(
            self._project.watched(), *(desk.workshop.watched() for desk in self._desks.values())
        )
        wider = self._range | self._range_of(self._watched)
        if wider != self._range:
            self._range = wider
            if self._watch_stop:
                self._watch_stop.set()

    @staticmethod
    async def _in(pool: ThreadPoolExecutor, task: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(pool, task)

    # --- in the making thread -------------------------------------------------------------------

    def _read_facts(self) -> None:
        self._project.begin()
        read = read_facts(self._project, self._inside)
        self._facts_found = read.diagnostics if has_errors(read.diagnostics) else ()
        if read.value is None or (self._facts_found and self._languages):
            # Of a broken file much is guessed: what was known is better.
            return
        # Whoever is told of a language finds its desk.
        for lang in read.value.languages:
            for variant in self._variants:
                if (view := View(lang, variant)) not in self._desks:
                    self._desks[view] = self._new_desk(view)
        self._languages, self._name = read.value.languages, read.value.id

    def _new_desk(self, view: View) -> Desk:
        project, inside = open_project(self.folder)
        store = Store.of(project.root)
        begin = self._variants[view.variant]
        workshop = begin(project, inside, view.lang, store=store, crew=self._crew)
        is_built = view.variant == next(iter(self._variants))
        return Desk(view, workshop, partial(self._output, view.lang) if is_built else None)

    def _output(self, lang: str) -> Path:
        return output_path(self._project, self._name, lang, None)

    def _rest(self) -> None:
        had_many = [desk.workshop.had_many() for desk in self._desks.values()]
        if self._crew and any(had_many):
            self._crew_until = time.monotonic() + LINGER
            if not self._crew.is_there:
                self._crew.begin()
        try:
            for desk in self._desks.values():
                desk.workshop.rest()
        except Exception:  # noqa: BLE001
            # The next making meets it again, and says it where it belongs.
            self._tell(traceback.format_exc())

    def _make(self, desk: Desk) -> None:
        try:
            past = desk.make(self._progress)
        except Ended:
            raise
        except Exception as error:  # noqa: BLE001
            # A fault of the program must not end an editor's day.
            self._tell(traceback.format_exc())
            desk.fail(error)
        else:
            if past:
                self._drawing.submit(past.close)

    def _progress(self, _: Stage) -> None:
        if self.ended:
            raise Ended

    # --- in the drawing thread ------------------------------------------------------------------

    def _portal(self, made: Made) -> Outcome[Mapping[str, bytes]]:
        if self._site is None or self._site[0] is not made:
            project = DiskProject(self._project.root)
            self._site = made, around(made, project)
            self._beside = project.watched()
        return self._site[1]

    def _draw(self, digest: str, width: int) -> bytes | None:
        kept = self._pictures.find(digest, width)
        if kept is not None:
            return kept
        for book, page in self._copies(digest):
            picture = book.png(page, width)
            self._pictures.keep(digest, width, picture)
            return picture
        return None

    def _copies(self, digest: str) -> list[tuple[Book, int]]:
        return [
            (showing.book, page)
            for desk in list(self._desks.values())
            for showing in (desk.showing, desk.before)
            if showing and showing.book and (page := showing.page_of(digest)) is not None
        ]
