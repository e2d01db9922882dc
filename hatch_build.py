"""What a package index shows of the README: without what only the checkout has."""

from __future__ import annotations

import re
from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface

_PICTURES = re.compile(r"<p>\n(?:<img [^>]*>\n)+</p>\n\n")
_LINK = re.compile(r"\[([^]]*)\]\((?!https?://)[^)]*\)")
"""A link into the checkout: its words stay."""


class ReadmeHook(MetadataHookInterface):
    """Gives the README without pictures, and without links that would lead nowhere."""

    def update(self, metadata: dict[str, object]) -> None:
        """Set the readme."""
        text = Path(self.root, "README.md").read_text("utf-8")
        text = _LINK.sub(r"\1", _PICTURES.sub("", text))
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
