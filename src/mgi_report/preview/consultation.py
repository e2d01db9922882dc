"""A profile's rounds of consultation, as the browser shows them and decides about them.

What is decided goes the way that the command line goes: read, judged and written while nobody else
can write. A browser says what it saw; where that is no longer so, nothing is decided.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from typing import TypeVar

import anyio
import anyio.lowlevel

from mgi_report.consult.deciding import Decision, decide
from mgi_report.consult.model import Content, Proposal, Round, Status, conflicts
from mgi_report.consult.places import kept_as
from mgi_report.consult.proposals import as_json, proposals_path, read_proposals
from mgi_report.consult.rounds import alone, folder_of, read_round, recover, rounds_of
from mgi_report.content.files import salvage
from mgi_report.diagnostics import Diagnostic, Outcome
from mgi_report.preview.lines import line_now
from mgi_report.preview.watching import Range, changes
from mgi_report.project import Barred, NoDate, digest_of, open_project

_T = TypeVar("_T")

_ROUND = re.compile(r"consultation|round-\d+")
"""Names of folders that come with a round."""

NO_OTHER = "Nothing was decided: somebody has decided about {} meanwhile. Look at it, then decide."


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser wants to be decided, and how the proposal stood when it was looked at."""

    decision: Decision
    status: str
    text: str
    answer: str


class Refused(Exception):
    """Nothing was decided; the message says why."""

    def __init__(self, message: str, status: int) -> None:
        """Take what is told, and the status of HTTP that stands for it."""
        super().__init__(message)
        self.status = status


class Consultation:
    """The rounds of one profile."""

    def __init__(self, folder: Path) -> None:
        self._project, self._inside = open_project(folder)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="preview-decide")
        self._known: dict[int, tuple[str, Round, Content]] = {}
        """The rounds that were read, by number, each with what it was read from."""
        self._pulse = asyncio.Event()
        self._stop: anyio.Event | None = None
        self.ended = False
        self.rounds: tuple[int, ...] = ()
        """Their numbers."""

    # --- what others ask ----------------------------------------------------------------------

    @property
    def pulse(self) -> asyncio.Event:
        """Is set when a round may have changed; take it before you look."""
        return self._pulse

    async def stamp(self, number: int) -> str:
        """Stand for the proposals of a round as they are now."""
        return await self._in(partial(self._stamp, number))

    async def show(self, number: int) -> dict[str, object]:
        """Give a round with all that was proposed, or what is wrong with it."""
        return await self._in(partial(self._show, number))

    async def decide(self, number: int, wanted: Sequence[Seen]) -> dict[str, object]:
        """Decide, and give the proposals that are others now.

        Raises `Refused` where nothing was decided.
        """
        done = await self._in(partial(self._decide, number, wanted))
        self._beat()
        return done

    # --- how it goes on -------------------------------------------------------------------------

    async def run(self) -> None:
        """Follow what others write, until `end`."""
        while not self.ended:
            watched = await self._in(self._look)
            if not self.ended:
                await self._follow(watched)
            await anyio.lowlevel.checkpoint()

    def end(self) -> None:
        """Tell all that it ends."""
        self.ended = True
        if self._stop:
            self._stop.set()
        self._beat()

    async def close(self) -> None:
        """Let all go, when `run` has ended."""
        await asyncio.to_thread(partial(self._pool.shutdown, wait=True, cancel_futures=True))

    async def _follow(self, watched: Range) -> None:
        """Tell of changes until a round comes or goes."""
        self._stop = stop = anyio.Event()
        files = frozenset(str(each / "proposals.jsonl") for each in watched.shallow)
        relevant = files | {str(each) for each in watched.shallow}
        async for found in changes(watched, lambda: relevant, stop):
            # Nothing may be awaited here: it would be cancelled with the watch.
            self._beat()
            if any(_ROUND.fullmatch(PurePath(path).name) for path in found):
                stop.set()

    def _beat(self) -> None:
        pulse, self._pulse = self._pulse, asyncio.Event()
        pulse.set()

    async def _in(self, task: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, task)

    # --- in the thread ----------------------------------------------------------------------------

    def _look(self) -> Range:
        """Find the rounds that there are, and give what is to be watched."""
        self._project.begin()
        self.rounds = rounds_of(self._project, self._inside)
        names = [self._inside, f"{self._inside}/consultation"] if self.rounds else [self._inside]
        names += [folder_of(self._inside, number) for number in self.rounds]
        return Range(shallow=frozenset(self._project.path(name) for name in names))

    def _stamp(self, number: int) -> str:
        self._project.begin()
        path = f"{folder_of(self._inside, number)}/proposals.jsonl"
        return digest_of(self._project.read(path) or b"")[:16]

    def _show(self, number: int) -> dict[str, object]:
        try:
            with alone(self._project, self._inside):
                return self._shown(number)
        except (OSError, Barred) as error:
            return {"messages": [_told(f"The round cannot be read: {_reason(error)}.")]}

    def _shown(self, number: int) -> dict[str, object]:
        reading = self._read(number)
        if reading.value is None:
            return {"messages": [_message(each) for each in reading.diagnostics]}
        round_, content, proposals = reading.value
        named = {each.block for each in proposals} | {each.target for each in proposals}
        now = partial(line_now, self._sent_and_now(round_))
        return {
            "stamp": digest_of(self._project.read(proposals_path(round_)) or b"")[:16],
            "round": round_.number,
            "rounds": list(rounds_of(self._project, self._inside)),
            "title": content.title,
            "lang": round_.lang,
            "opened": round_.opened,
            "sections": _sections(content),
            "blocks": [
                {
                    "name": block.name,
                    "section": block.section,
                    "kind": block.kind,
                    "text": block.text,
                    "page": block.page,
                    "place": f"{block.file}:{now(block.file, block.line)}",
                }
                for block in content.blocks
                if block.name in named
            ],
            "proposals": [_proposal(each, content) for each in proposals],
            "conflicts": _conflicts(proposals),
            "messages": [],
        }

    def _decide(self, number: int, wanted: Sequence[Seen]) -> dict[str, object]:
        try:
            with alone(self._project, self._inside):
                return self._decided(number, wanted)
        except (OSError, Barred) as error:
            message = f"Nothing was written: {_reason(error)}. The round is as it was."
            raise Refused(message, 503) from error
        except NoDate as error:
            message = f'The environment variable SOURCE_DATE_EPOCH is "{error.written}", no date.'
            raise Refused(message, 503) from error

    def _decided(self, number: int, wanted: Sequence[Seen]) -> dict[str, object]:
        reading = self._read(number)
        if reading.value is None:
            raise Refused(_all_of(reading.diagnostics), 422)
        round_, content, proposals = reading.value
        there = {each.id: each for each in proposals}
        for each in wanted:
            old = there.get(each.decision.name)
            if old and (old.status, old.text, old.answer) != (each.status, each.text, each.answer):
                raise Refused(NO_OTHER.format(f"{old.block or 'a proposal'} ({old.id})"), 409)
        done = decide(
            self._project, self._inside, round_, proposals, [each.decision for each in wanted]
        )
        if done.value is None:
            raise Refused(_all_of(done.diagnostics), 422)
        now = read_proposals(self._project, round_).value
        return {
            "stamp": digest_of(self._project.read(proposals_path(round_)) or b"")[:16],
            "proposals": [_proposal(each, content) for each in done.value],
            "conflicts": _conflicts(now),
        }

    def _read(self, number: int) -> Outcome[tuple[Round, Content, tuple[Proposal, ...]] | None]:
        """Read a round; what was sent never changes, and is read once."""
        recover(self._project, self._inside)
        self._project.begin()
        facts = self._project.read(f"{folder_of(self._inside, number)}/round.yml") or b""
        known = self._known.get(number)
        if known is None or known[0] != digest_of(facts):
            reading = read_round(self._project, self._inside, number)
            if reading.value is None:
                return Outcome(None, reading.diagnostics)
            known = self._known[number] = digest_of(facts), *reading.value
        _, round_, content = known
        found = read_proposals(self._project, round_)
        if found.diagnostics:
            return Outcome(None, found.diagnostics)
        return Outcome((round_, content, found.value))

    def _sent_and_now(self, round_: Round) -> Callable[[str], tuple[str, str]]:
        def texts(path: str) -> tuple[str, str]:
            name = kept_as(self._inside, path)
            sent = self._project.read(f"{round_.folder}/sent/{name}") or b""
            return salvage(sent), salvage(self._project.read(path) or b"")

        return texts


def _sections(content: Content) -> list[Mapping[str, str]]:
    """Give the chapters with their titles, in order."""
    titles: dict[str, str] = {}
    for block in content.blocks:
        titles.setdefault(block.section, block.text if block.kind == "heading" else block.section)
    return [{"id": name, "title": title} for name, title in titles.items()]


def _proposal(proposal: Proposal, content: Content) -> dict[str, object]:
    left_out = ("file", "line", "page", "accepted", "tracked")
    entry = {key: value for key, value in as_json(proposal, content).items() if key not in left_out}
    return {**entry, "text": proposal.text}


def _conflicts(proposals: Sequence[Proposal]) -> list[tuple[str, str]]:
    chosen = (each for each in proposals if each.status != Status.REJECTED)
    return [(first.id, second.id) for first, second in conflicts(chosen)]


def _message(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "place": str(diagnostic.span) if diagnostic.span else None,
    }


def _told(message: str) -> dict[str, object]:
    return {"message": message, "hint": None, "place": None}


def _all_of(diagnostics: Sequence[Diagnostic]) -> str:
    return " ".join(
        f"{each.message} {each.hint}" if each.hint else each.message for each in diagnostics
    )


def _reason(error: OSError | Barred) -> str:
    if isinstance(error, Barred):
        return f"{error.path} leads out of the project or cannot be read"
    return (error.strerror or str(error)).rstrip(".").lower()
