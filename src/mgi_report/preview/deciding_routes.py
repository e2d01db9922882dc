"""What the preview answers to who decides about proposals: a round, its news, decisions."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from mgi_report.consult.deciding import Decision
from mgi_report.consult.model import Status
from mgi_report.preview.consultation import Consultation, Refused, Seen
from mgi_report.preview.questions import question, text_of, unless

QUIET = 15.0
"""Seconds without news after which a sign of life is sent."""

RETRY = 400
"""Milliseconds after which a browser asks again when the server was gone."""

LONGEST_DECISION = 4 * 1024 * 1024
"""Bytes: thousands of proposals at once, or a long text."""

_DECIDED = {
    str(each)
    for each in (Status.OPEN, Status.ACCEPTED, Status.PARTLY, Status.REJECTED, Status.ANSWERED)
}


class DecidingRoutes:
    """Answers for the rounds of a profile."""

    def __init__(
        self, consultation: Consultation, over: Callable[[], Awaitable[None]], version: str
    ) -> None:
        """Take the rounds, what ends when the preview does, and of what version its page is."""
        self._consultation = consultation
        self._over = over
        self._version = version

    async def round(self, request: Request) -> Response:
        """Give a round with all proposals."""
        return JSONResponse(await self._consultation.show(self._number(request)))

    async def events(self, request: Request) -> Response:
        """Tell which proposals are the newest, now and after each change."""
        news = self._news(self._number(request))
        return StreamingResponse(news, media_type="text/event-stream")

    async def _news(self, number: int) -> AsyncIterator[str]:
        sent = None
        yield f"retry: {RETRY}\n\n"
        while not self._consultation.ended:
            pulse = self._consultation.pulse
            state = {
                "version": self._version,
                "rounds": self._consultation.rounds,
                "stamp": await self._consultation.stamp(number),
            }
            if state != sent:
                sent = state
                yield f"event: state\ndata: {json.dumps(state)}\n\n"
            try:
                await asyncio.wait_for(pulse.wait(), QUIET)
            except TimeoutError:
                yield ": here\n\n"

    async def decide(self, request: Request) -> Response:
        """Write what is decided, all of it or nothing."""
        asked = await unless(self._ending(), question(request, LONGEST_DECISION))
        number, wanted = _wanted(asked or {})
        if not wanted:
            return PlainTextResponse("This is no decision that the preview knows.", 400)
        try:
            return JSONResponse(await self._consultation.decide(number, wanted))
        except Refused as refused:
            return JSONResponse({"message": str(refused)}, refused.status)

    async def _ending(self) -> None:
        await self._over()

    def _number(self, request: Request) -> int:
        """Give the round that is asked for, the last one where none is."""
        asked = request.query_params.get("round", "")
        last = max(self._consultation.rounds, default=1)
        return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else last


def _wanted(asked: Mapping[str, object]) -> tuple[int, list[Seen]]:
    """Read decisions; none where one of them cannot be understood."""
    number, decisions = asked.get("round"), asked.get("decisions")
    if not isinstance(number, int) or not isinstance(decisions, list):
        return 0, []
    found = [_seen(each) for each in decisions]
    wanted = [each for each in found if each]
    return number, wanted if len(wanted) == len(found) else []


def _seen(asked: object) -> Seen | None:
    if not isinstance(asked, dict):
        return None
    name, status = text_of(asked, "id"), text_of(asked, "status")
    text, answer = text_of(asked, "text"), text_of(asked, "answer")
    seen = asked.get("seen")
    if not name or not (isinstance(seen, list) and len(seen) == 3):
        return None
    if (status is not None and status not in _DECIDED) or (status is None and answer is None):
        return None
    if any(not isinstance(each, str) for each in seen) or not _is_sound((text, answer)):
        return None
    if status != Status.PARTLY or not text:
        text = None
    return Seen(Decision(name, Status(status) if status else None, text, answer), *seen)


def _is_sound(texts: tuple[str | None, ...]) -> bool:
    """Say whether texts can be written: half a character cannot."""
    try:
        "".join(text for text in texts if text).encode()
    except UnicodeEncodeError:
        return False
    return True
