"""Serves the preview on this machine, until it is told to end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import uvicorn

from mgi_report.preview.consultation import Consultation
from mgi_report.preview.editors import Editor
from mgi_report.preview.guard import Guard
from mgi_report.preview.routes import Routes
from mgi_report.preview.studio import VARIANTS, Begin, Studio
from mgi_report.workshop import Crew, crew_ahead

ADDRESS = "127.0.0.1"
"""Nobody else's machine."""

PORT = 8765
TRIED = 20
"""How many ports are tried from PORT on, where none is asked for."""

PATIENCE = 3
"""Seconds that answers have to come to their end when the server does."""


class Unusable(Exception):
    """The preview cannot begin; the message says why."""


class _Server(uvicorn.Server):
    """A server that ends streams of news when it is to end, and leaves signals to `serve`."""

    def __init__(self, config: uvicorn.Config, before_end: Callable[[], None]) -> None:
        super().__init__(config)
        self._before_end = before_end

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End."""
        self._before_end()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals as they are."""
        yield


def listen(port: int | None) -> socket.socket:
    """Take a port: the one asked for, any free one for 0, the first free one from 8765 for None."""
    tries = [port] if port is not None else [*range(PORT, PORT + TRIED), 0]
    for number in tries:
        taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            # A port whose last server has just ended may be taken again at once, if both say so.
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind((ADDRESS, number))
            taken.listen(64)
        except OSError:
            taken.close()
            continue
        return taken
    raise Unusable(f"Port {port} is taken; choose another, or leave --port out.")


def serve(
    folder: Path,
    *,
    port: int | None = None,
    browser: bool = False,
    tell: Callable[[str], None] = print,
    variants: Mapping[str, Begin] = VARIANTS,
) -> None:
    """Show a profile in the browser until Ctrl-C or SIGTERM, in one of its `variants`.

    `tell` is told the address when the page can be opened. Raises `Unusable` where the folder is
    no profile's, or the port is taken.
    """
    if not (folder / "profile.yml").is_file():
        raise Unusable(f"{folder} is no profile: there is no profile.yml in it.")
    # Workers are copies of this process: they begin before it has threads, and before it has the
    # port, which they would hold.
    with crew_ahead(None) as crew, contextlib.closing(listen(port)) as taken:
        asyncio.run(_serve(folder, taken, crew, variants, browser=browser, tell=tell))


async def _serve(
    folder: Path,
    taken: socket.socket,
    crew: Crew | None,
    variants: Mapping[str, Begin],
    *,
    browser: bool,
    tell: Callable[[str], None],
) -> None:
    number = taken.getsockname()[1]
    address = f"http://{ADDRESS}:{number}/"
    studio = Studio(
        folder,
        tell=lambda text: print(text, file=sys.stderr),  # noqa: T201
        crew=crew,
        variants=variants,
    )
    consultation = Consultation(folder)
    app = Guard(Routes(studio, Editor(os.environ), consultation).app(), number)

    def end_all() -> None:
        studio.end()
        consultation.end()

    server = _Server(
        uvicorn.Config(
            app,
            log_level="error",  # what strangers ask in vain is no news for who sits here
            access_log=False,
            lifespan="off",
            server_header=False,
            date_header=False,
            ws="none",
            timeout_graceful_shutdown=PATIENCE,
        ),
        end_all,
    )

    def end() -> None:
        server.should_exit = True

    loop = asyncio.get_running_loop()
    for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Not in another thread than the first, as in tests.
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(sent, end)
    tell(address)
    if browser:
        await asyncio.to_thread(webbrowser.open, address)
    running = [asyncio.create_task(each.run()) for each in (studio, consultation)]
    for each in running:
        each.add_done_callback(lambda _: end())
    try:
        await server.serve([taken])
    finally:
        end_all()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*running)
        await studio.close()
        await consultation.close()
