"""Lets in requests of this machine's own pages only, and says what browsers may do with answers."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES = ("127.0.0.1", "localhost")
"""What the server may be called. Another name in Host means that somebody's page, whose name was
made to lead here, asks (DNS rebinding)."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)

HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class Guard:
    """Stands before the application."""

    def __init__(self, app: ASGIApp, port: int, names: Collection[str] = NAMES) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}" for name in names}
        if port == 80:
            self._hosts |= set(names)
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        refused = self._refused(scope)
        if refused:
            await PlainTextResponse(refused, 403)(scope, receive, send_with_headers)
        else:
            await self._app(scope, receive, send_with_headers)

    def _refused(self, scope: Scope) -> str | None:
        """Say why a request is not answered."""
        headers = Headers(scope=scope)
        if [host.lower() for host in headers.getlist("host")] not in (
            [host] for host in self._hosts
        ):
            return "The preview goes by its own address only."
        origins = headers.getlist("origin")
        if any(origin not in self._origins for origin in origins):
            return "The preview answers its own page only."
        site = headers.get("sec-fetch-site", "none")
        arriving = scope["path"] == "/" and headers.get("sec-fetch-mode") == "navigate"
        if site not in ("same-origin", "none") and not arriving:
            return "The preview answers its own page only."
        if scope["method"] not in ("GET", "HEAD") and not origins:
            return "The preview does what its own page asks only."
        return None
