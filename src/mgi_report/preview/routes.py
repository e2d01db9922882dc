"""What the preview answers: the page with its files, news, pictures of pages, places to open."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict
from importlib.resources import files

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from mgi_report.diagnostics import Span
from mgi_report.overview.overview import overview
from mgi_report.preview.consultation import Consultation
from mgi_report.preview.deciding_routes import DecidingRoutes
from mgi_report.preview.desk import View
from mgi_report.preview.drawing import WIDTHS
from mgi_report.preview.editors import Editor, link
from mgi_report.preview.questions import left, question, text_of, unless
from mgi_report.preview.showing import Showing
from mgi_report.preview.studio import Studio
from mgi_report.project import Shipped

PAGE = {
    "page.html": "text/html",
    "proposals.html": "text/html",
    "base.css": "text/css",
    "pages.css": "text/css",
    "proposals.css": "text/css",
    "main.js": "text/javascript",
    "news.js": "text/javascript",
    "keys.js": "text/javascript",
    "panels.js": "text/javascript",
    "overview.js": "text/javascript",
    "place.js": "text/javascript",
    "sheets.js": "text/javascript",
    "deciding.js": "text/javascript",
    "proposals.js": "text/javascript",
    "round.js": "text/javascript",
    "words.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
"""The files in page/, which lie beside this module."""

FONTS = ("SourceSans3-Regular.ttf", "SourceSans3-Semibold.ttf")

KINDS = {
    "css": "text/css",
    "html": "text/html",
    "js": "text/javascript",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
}
"""Media types of the portal's files."""

FRAMED = {
    "content-security-policy": "default-src 'none'; script-src 'self'; font-src 'self'; "
    "img-src 'self'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
}
"""The portal's pages stand beside the PDF's, and have their colours in the page."""

QUIET = 15.0
"""Seconds without news after which a sign of life is sent."""

RETRY = 400
"""Milliseconds after which a browser asks again when the server was gone."""


class Routes:
    """Answers for a studio."""

    def __init__(self, studio: Studio, editor: Editor, consultation: Consultation) -> None:
        self._studio = studio
        self._editor = editor
        self._consultation = consultation
        self._files = _files()
        whole = hashlib.sha256(b"".join(content for content, _ in self._files.values()))
        self._version = whole.hexdigest()[:12]
        """Of the page itself: an open one that is older loads itself anew."""

    def app(self) -> Starlette:
        """Give the application."""
        deciding = DecidingRoutes(self._consultation, self._studio.over, self._version)
        return Starlette(
            routes=[
                Route("/", self.page, methods=["GET"]),
                Route("/page/{digest}/{width}.png", self.picture, methods=["GET"]),
                Route("/events", self.events, methods=["GET"]),
                Route("/volume.pdf", self.volume, methods=["GET"]),
                Route("/open", self.open, methods=["POST"]),
                Route("/overview", self.overview, methods=["GET"]),
                Route("/proposals", self.proposals, methods=["GET"]),
                Route("/round", deciding.round, methods=["GET"]),
                Route("/round/events", deciding.events, methods=["GET"]),
                Route("/decide", deciding.decide, methods=["POST"]),
                Route("/portal/{lang}/{path:path}", self.portal, methods=["GET"]),
                Route("/{name}", self.file, methods=["GET"]),
            ],
            exception_handlers={404: lambda _, __: _nothing()},
        )

    async def page(self, _: Request) -> Response:
        """Give the page, which holds nothing of the content."""
        content, kind = self._files["page.html"]
        return Response(content, media_type=kind)

    async def proposals(self, _: Request) -> Response:
        """Give the page on which one decides about proposals; it holds none of them."""
        content, kind = self._files["proposals.html"]
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
        picture = await unless(left(request), drawing)
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

    async def portal(self, request: Request) -> Response:
        """Give a file of the portal as it is shown; without a path, lead to the profile's page."""
        site = await self._studio.portal(request.path_params["lang"])
        path = request.path_params["path"]
        if site.diagnostics and not site.value:
            return PlainTextResponse("\n".join(map(str, site.diagnostics)), headers=FRAMED)
        if not path and site.value:
            page = next(name for name in site.value if name.endswith("/index.html"))
            return RedirectResponse(page)
        content = site.value.get(path)
        if content is None:
            return PlainTextResponse("There is no page yet.", 404, FRAMED)
        kind = KINDS.get(path.rpartition(".")[2], "application/octet-stream")
        return Response(content, media_type=kind, headers=FRAMED)

    async def overview(self, _: Request) -> Response:
        """Give what is written and what is to come, as `mgi-report status --format json` does."""
        taken = await asyncio.to_thread(overview, self._studio.folder)
        if taken.value is None:
            return PlainTextResponse("\n".join(map(str, taken.diagnostics)), 409)
        return JSONResponse(asdict(taken.value))

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
                    {
                        "version": self._version,
                        "editor": self._editor.name,
                        "rounds": self._consultation.rounds,
                        **studio.state(view),
                    },
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
        asked = await unless(self._studio.over(), question(request))
        if asked is None:
            return PlainTextResponse("This is no question that the preview knows.", 400)
        view = self._studio.view(text_of(asked, "lang"), text_of(asked, "variant"))
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


def _span(showing: Showing, asked: Mapping[str, object]) -> Span | None:
    """Give the place of what the browser asks for."""
    block = text_of(asked, "block")
    if block is not None:
        return showing.blocks().get(block)
    message = asked.get("message")
    if isinstance(message, int) and 0 <= message < len(showing.diagnostics):
        return showing.diagnostics[message].span
    return None
