"""What a page of a profile weighs with all that it loads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mgi_report.diagnostics import Diagnostic, Rule, Severity
from mgi_report.portal.model import Entry
from mgi_report.portal.pages import cover, mark, own_style, style

_MOST = 100_000
"""Bytes of a page without its PDF."""


def heavy_pages(entries: Sequence[Entry], files: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """Find profiles' pages that load too much; `files` are those of the site."""
    for entry in entries:
        fonts = f"assets/{entry.layout}-{entry.lang}-"
        loaded = {
            "the page": [entry.address],
            "its style sheet": [own_style(entry) or style(entry)],
            "fonts": [name for name in files if name.startswith(fonts)],
            "drawings": [mark(entry), cover(entry)],
        }
        sizes = {what: sum(len(files[name]) for name in names) for what, names in loaded.items()}
        if sum(sizes.values()) <= _MOST:
            continue
        made_of = ", ".join(f"{what} {_kilobytes(size)}" for what, size in sizes.items())
        message = (
            f'The page "{entry.address}" has {_kilobytes(sum(sizes.values()))} without its PDF, '
            f"more than {_kilobytes(_MOST)}: {made_of}."
        )
        hint = "Shorten what is largest; the key findings are in portal-findings.yml."
        yield Diagnostic(Rule.PAGE_IS_SMALL, message, entry.facts.span, hint, Severity.WARNING)


def _kilobytes(size: int) -> str:
    return f"{-(-size // 1000)} kB"
