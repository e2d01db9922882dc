"""Step 3, compose: elements of HTML that do nothing in a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mgi_report.pages.composing.nesting import Tag, tags

_RUNS = "Take it away: a page is made once, and nothing runs in it."
_FRAMES = "Take it away: a picture is an <img>, a drawing an inline <svg>."
_FILLED_IN = "Take it away: nobody can fill in the PDF. A line to write on is a border."
_PLAYS = "Take it away: nothing plays on a page. A still picture is an <img>."

_HINTS = {
    **dict.fromkeys(("script", "noscript", "template", "dialog"), _RUNS),
    **dict.fromkeys(("iframe", "frame", "frameset", "object", "embed", "applet"), _FRAMES),
    **dict.fromkeys(
        ("form", "input", "button", "select", "textarea", "progress", "meter"), _FILLED_IN
    ),
    **dict.fromkeys(("video", "audio", "canvas"), _PLAYS),
}
_ANY = re.compile(rf"<(?:{'|'.join(_HINTS)})\b", re.IGNORECASE)
_LOADING = "|".join(name for name, hint in _HINTS.items() if hint in (_FRAMES, _PLAYS))
_LOADS = re.compile(rf"""</?(?:{_LOADING})\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)


def has_idle(html: str) -> bool:
    """Say whether there may be such an element; it may stand in a comment."""
    return _ANY.search(html) is not None


def idle(html: str) -> Iterator[tuple[Tag, str, str]]:
    """Find such elements; with each, the message and the hint."""
    for tag in tags(html):
        if not tag.ends and tag.name in _HINTS:
            yield tag, f"{tag} has no effect in a PDF.", _HINTS[tag.name]


def without_loading(html: str) -> str:
    """Take away the tags of what would load a file, so that it is not missed too."""
    return _LOADS.sub("", html)
