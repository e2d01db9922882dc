"""Reads what a browser asks, and sees when it no longer waits for the answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request

_T = TypeVar("_T")

LONGEST_QUESTION = 4096
"""Bytes."""


async def unless(event: Coroutine[Any, Any, None], task: Coroutine[Any, Any, _T]) -> _T | None:
    """Do something, but drop it and give None when something else comes before it is done."""
    waiting, doing = asyncio.ensure_future(event), asyncio.ensure_future(task)
    try:
        await asyncio.wait({waiting, doing}, return_when=asyncio.FIRST_COMPLETED)
        return doing.result() if doing.done() else None
    finally:
        waiting.cancel()
        doing.cancel()


async def left(request: Request) -> None:
    """Wait until whoever asked does not wait any more."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def question(request: Request, most: int = LONGEST_QUESTION) -> Mapping[str, object] | None:
    """Read a JSON object of so many bytes at most; None where it is none."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return None
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                return None
        read = json.loads(body)
    except (ValueError, RecursionError, ClientDisconnect):
        return None
    return read if isinstance(read, dict) else None


def text_of(asked: Mapping[str, object], key: str) -> str | None:
    """Give a text of a question, None where there is none."""
    value = asked.get(key)
    return value if isinstance(value, str) else None
