"""The kinds of pictures that a profile may show, as MIME calls them."""

from __future__ import annotations

_TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "svg": "image/svg+xml"}


def media_type_of(path: str) -> str:
    """Give the media type of a picture by its name."""
    return _TYPES[path.rpartition(".")[2].lower()]
