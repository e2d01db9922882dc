"""What the preview answers: the page with its files, news, pictures of pages, places to open."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Coroutine, Mapping
from importlib.resources import files
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from mgi_report.diagnostics import Span
from mgi_report.preview.desk import View
from mgi_report.preview.drawing import WIDTHS
from mgi_report.preview.editors import Editor, link
from mgi_report.preview.showing import Showing
from mgi_report.preview.studio import Studio
from mgi_report.project import Shipped

_T = TypeVar("_T")

PAGE = {
    "page.html": "text/html",
    "base.css": "text/css",
    "pages.css": "text/css",
    "main.js": "text/javascript",
    "news.js": "text/javascript",
    "keys.js": "text/javascript",
    "panels.js": "text/javascript",
    "place.js": "text/javascript",
    "sheets.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
"""The files in page/, which lie beside this module."""

FONTS = ("SourceSans3-Regular.ttf", "SourceSans3-Semibold.ttf")

QUIET = 15.0
"""Seconds without news after which a sign of life is sent."""

RETRY = 400
"""Milliseconds after which a browser asks again when the server was gone."""

LONGEST_QUESTION = 4096
"""Bytes."""


class Routes:
    """Answers for a studio."""

    def __init__(self, studio: Studio, editor: Editor) -> None:
        self._studio = studio
        self._editor = editor
        self._files = _files()
        whole = hashlib.sha256(b"".join(content for content, _ in self._files.values()))
        self._version = whole.hexdigest()[:12]
        """Of the page itself: an open one that is older loads itself anew."""

    def app(self) -> Starlette:
        """Give the application."""
        return Starlette(
            routes=[
                Route("/", self.page, methods=["GET"]),
                Route("/page/{digest}/{width}.png", self.picture, methods=["GET"]),
                Route("/events", self.events, methods=["GET"]),
                Route("/volume.pdf", self.volume, methods=["GET"]),
                Route("/open", self.open, methods=["POST"]),
                Route("/{name}", self.file, methods=["GET"]),
            ]
        )

    async def page(self, _: Request) -> Response:
        """Give the page, which holds nothing of the content."""
        content, kind = self._files["page.html"]
        return Response(content, media_type=kind)

    async def file(self, request: Request) -> Response:
        """Give one of the page's files, by its name in a list."""
        found = self._files.get(request.path_params["name"])
        if found is None:
            return _nothing()
        return Response(found[0], media_type=found[1], headers={"cache-control": "no-cache"})

    async def picture(self, request: Request) -> Response:
        """Draw a page. Its address says all that is on it, so it may be kept for ever."""
        width = _width(request.path_params["width"])
        if width is None:
            return _nothing()
        drawing = self._studio.picture(request.path_params["digest"], width)
        picture = await _unless(_left(request), drawing)
        if picture is None:
            return _nothing()
        forever = {"cache-control": "private, max-age=86400, immutable"}
        return Response(picture, media_type="image/png", headers=forever)

    async def volume(self, request: Request) -> Response:
        """Give the PDF as it is shown."""
        showing = self._studio.showing(self._studio.view(*_asked(request)))
        if not showing.pdf:
            return _nothing()
        # The browser's own reader of PDFs needs scripts and styles.
        headers = {"content-security-policy": "frame-ancestors 'none'"}
        return Response(showing.pdf, media_type="application/pdf", headers=headers)

    async def events(self, request: Request) -> Response:
        """Send what is to be shown, now and after each change."""
        return StreamingResponse(self._news(*_asked(request)), media_type="text/event-stream")

    async def _news(self, lang: str | None, variant: str | None) -> AsyncIterator[str]:
        studio = self._studio
        looked_at: View | None = None
        sent: str | None = None
        working: bool | None = None
        yield f"retry: {RETRY}\n\n"
        try:
            while not studio.ended:
                pulse = studio.pulse
                view = studio.view(lang, variant)
                if view != looked_at:
                    if looked_at:
                        studio.look(looked_at, on=False)
                    studio.look(view, on=True)
                    looked_at = view
                if studio.working != working:
                    working = studio.working
                    yield f"event: working\ndata: {json.dumps(working)}\n\n"
                state = json.dumps(
                    {"version": self._version, "editor": self._editor.name, **studio.state(view)},
                    ensure_ascii=False,
                    separators=(",", ":"),
                )
                if state != sent:
                    sent = state
                    yield f"event: state\ndata: {state}\n\n"
                try:
                    await asyncio.wait_for(pulse.wait(), QUIET)
                except TimeoutError:
                    yield ": here\n\n"
        finally:
            if looked_at:
                studio.look(looked_at, on=False)

    async def open(self, request: Request) -> Response:
        """Open the place of a block or a message, which the browser names by its id."""
        asked = await _unless(self._studio.over(), _question(request))
        if asked is None:
            return PlainTextResponse("This is no question that the preview knows.", 400)
        view = self._studio.view(_text(asked, "lang"), _text(asked, "variant"))
        showing = self._studio.showing(view)
        span = _span(showing, asked)
        if span is None:
            return _nothing()
        answer: dict[str, object] = {"place": str(span), "opened": False}
        file = await asyncio.to_thread(self._studio.place, span)
        if file is not None:
            answer["opened"] = await asyncio.to_thread(
                self._editor.open, file, span.line, span.column
            )
            answer["link"] = link(file, span.line, span.column)
            answer["note"] = self._editor.advice
        return JSONResponse(answer)


def _files() -> dict[str, tuple[bytes, str]]:
    """Read the page's files: name → content and media type."""
    folder = files("mgi_report.preview") / "page"
    found = {name: ((folder / name).read_bytes(), kind) for name, kind in PAGE.items()}
    shipped = Shipped()
    for name in FONTS:
        font = shipped.read(f"assets/fonts/source-sans/{name}")
        if font is not None:
            found[name] = font, "font/ttf"
    return found


def _asked(request: Request) -> tuple[str | None, str | None]:
    """Give the language and the variant that a browser asks for."""
    return request.query_params.get("lang"), request.query_params.get("variant")


def _width(asked: str) -> int | None:
    """Read the width of a picture; None where it is no sensible one."""
    # Python refuses to read a number of thousands of digits.
    is_short = len(asked) <= len(str(WIDTHS.stop)) and asked.isascii() and asked.isdigit()
    return width if is_short and (width := int(asked)) in WIDTHS else None


def _nothing() -> Response:
    return PlainTextResponse("There is nothing here.", 404)


async def _unless(event: Coroutine[Any, Any, None], task: Coroutine[Any, Any, _T]) -> _T | None:
    """Do something, but drop it and give None when something else comes before it is done."""
    waiting, doing = asyncio.ensure_future(event), asyncio.ensure_future(task)
    try:
        await asyncio.wait({waiting, doing}, return_when=asyncio.FIRST_COMPLETED)
        return doing.result() if doing.done() else None
    finally:
        waiting.cancel()
        doing.cancel()


async def _left(request: Request) -> None:
    """Wait until whoever asked does not wait any more."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _question(request: Request) -> Mapping[str, object] | None:
    """Read a small JSON object."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return None
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST_QUESTION:
                return None
        read = json.loads(body)
    except (ValueError, RecursionError, ClientDisconnect):
        return None
    return read if isinstance(read, dict) else None


def _text(asked: Mapping[str, object], key: str) -> str | None:
    value = asked.get(key)
    return value if isinstance(value, str) else None


def _span(showing: Showing, asked: Mapping[str, object]) -> Span | None:
    """Give the place of what the browser asks for."""
    block = _text(asked, "block")
    if block is not None:
        return showing.blocks().get(block)
    message = asked.get("message")
    if isinstance(message, int) and 0 <= message < len(showing.diagnostics):
        return showing.diagnostics[message].span
    return None
