"""Step 4, typeset: what HTML and CSS may load is what the section brings, and nothing else."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from mgi_report.diagnostics import Rule
from mgi_report.pages.engine import URLFetcher, URLFetcherResponse
from mgi_report.pages.separated import in_three_colours

BASE = "http://section.invalid/"
"""What addresses in a section are relative to: a host that cannot be (RFC 2606), so that every
relative address is told from every absolute one."""

_TYPES = mimetypes.MimeTypes()  # not the machine's list, which differs from machine to machine


class Refused(ValueError):
    """An address was asked for that the section does not bring."""


class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves the files of one section by their addresses; opens neither network nor disk."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self._files = files
        self.refused: dict[str, tuple[Rule, str]] = {}
        """Address → the rule that asking for it breaks, and why."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Give what an address means in the section."""
        if url.startswith("data:"):
            said = super().fetch(url, headers)
            return URLFetcherResponse(url, in_three_colours(said.read()), said.headers)
        if not url.startswith(BASE):
            self._refuse(url, Rule.NO_NETWORK, f'"{url}" would have to come from outside.')
        address = unquote(urlsplit(url).path).removeprefix("/")
        if address not in self._files:
            is_picture = (_TYPES.guess_type(address)[0] or "").startswith("image/")
            rule = Rule.PICTURE_EXISTS if is_picture else Rule.FILE_EXISTS
            self._refuse(url, rule, f'There is no file "{address}".')
        kind = _TYPES.guess_type(address)[0] or "application/octet-stream"
        content = in_three_colours(self._files[address])
        return URLFetcherResponse(url, content, {"Content-Type": kind})

    def _refuse(self, url: str, rule: Rule, message: str) -> None:
        self.refused.setdefault(url, (rule, message))
        raise Refused(message)


def written(url: str) -> str:
    """Give an address as it is written in HTML or CSS."""
    return unquote(url.removeprefix(BASE))
