"""A site: all its files, by their path in its folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import dirname, relpath

from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span, each_once, has_errors
from mgi_report.layout.model import FontFile, Layout
from mgi_report.pages.css_text import what_counts
from mgi_report.portal.letters import letters, printed
from mgi_report.portal.model import Entry
from mgi_report.portal.pages import (
    SCRIPT,
    SHEET,
    check_words,
    cover,
    index_address,
    index_page,
    mark,
    own_style,
    profile_page,
    style,
)
from mgi_report.portal.weighing import heavy_pages


@dataclass(slots=True)
class _Site:
    """A site on its way."""

    entries: Sequence[Entry]
    layouts: Mapping[str, Layout]
    files: dict[str, bytes] = field(default_factory=dict)
    pages: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """By layout and language: the pages set in its letters."""
    found: list[Diagnostic] = field(default_factory=list)

    def add(self, entry: Entry, address: str, page: Outcome[str | None]) -> None:
        self.found += page.diagnostics
        if page.value is not None:
            self.files[address] = page.value.encode()
            self.pages.setdefault((entry.layout, entry.lang), []).append(page.value)


def site(
    entries: Sequence[Entry], layouts: Mapping[str, Layout], *, fonts: bool = True
) -> Outcome[Mapping[str, bytes]]:
    """Make the files of a site; none where something is wrong.

    `layouts` are those of the profiles by name. Without `fonts` pages are set in the reader's own.
    """
    words = (each for entry in entries for each in check_words(entry))
    if found := (*_same_addresses(entries), *each_once(words)):
        return Outcome({}, found)
    made = _Site(entries, layouts)
    indexes = languages(entries)
    for entry in entries:
        made.add(entry, entry.address, profile_page(entry, entries, indexes))
        if entry.pages:
            made.files[f"{entry.folder}/{entry.pdf_name}"] = entry.pdf
    for lang in indexes:
        first = next(entry for entry in entries if entry.lang == lang)
        made.add(first, index_address(lang, indexes), index_page(lang, entries, indexes))
    _add_assets(made, fonts=fonts)
    if not has_errors(made.found):
        made.found += heavy_pages(entries, made.files)
    found = each_once(made.found)
    return Outcome({} if has_errors(found) else made.files, found)


def with_those_of_site(
    found: Iterable[Diagnostic], of_site: Sequence[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """Add what a site tells to what was told of profiles, each cause once.

    A text that is lent by the original is no more than a warning there.
    """
    errors = {each.span for each in of_site if has_errors([each])}
    lent = Rule.TRANSLATION_IS_WHOLE
    kept = (each for each in found if each.rule is not lent or each.span not in errors)
    return each_once([*kept, *of_site])


def languages(entries: Sequence[Entry]) -> list[str]:
    """Give the languages of a site, that of most profiles first."""
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.lang] = counts.get(entry.lang, 0) + 1
    return sorted(counts, key=lambda lang: (-counts[lang], lang))


def _same_addresses(entries: Sequence[Entry]) -> tuple[Diagnostic, ...]:
    """Find profiles that would lie in one place of the site."""
    found = {}
    owners: dict[str, Entry] = {}
    for entry in entries:
        other = owners.setdefault(entry.facts.slug, entry)
        if other.facts.id != entry.facts.id:
            message = (
                f'Two profiles have the slug "{entry.facts.slug}", their place in the portal: '
                f"this one and {other.facts.slug_span}."
            )
            hint = f"Write another in one of them, such as slug: {entry.facts.id}"
            span = entry.facts.slug_span
            found[message] = Diagnostic(Rule.VALUE_IS_VALID, message, span, hint)
    return tuple(found.values())


def _add_assets(made: _Site, *, fonts: bool) -> None:
    for (name, lang), pages in made.pages.items():
        alike = [each for each in made.entries if (each.layout, each.lang) == (name, lang)]
        entry, composer = alike[0], alike[0].common.composer
        texts = {each: composer.text(each) for each in (SHEET, SCRIPT)}
        for path, text in texts.values():
            if text is None:
                message = f"There is no file {path}, which the portal needs."
                made.found.append(Diagnostic(Rule.FILE_EXISTS, message, Span(path)))
        chosen = letters(made.layouts[name], composer.fonts(), lang, printed(pages))
        faces = chosen if fonts else []
        for font, content in faces:
            made.files[_font_address(name, lang, font)] = content
        for each in alike:
            if own := own_style(each):
                made.files[own] = _sheet(each, own, each.composer.text(SHEET)[1] or "", faces)
        made.files[style(entry)] = _sheet(entry, style(entry), texts[SHEET][1] or "", faces)
        made.files[mark(entry)] = composer.wheel().encode()
        made.files[cover(entry)] = composer.cover_wheel().encode()
        made.files["assets/portal.js"] = (texts[SCRIPT][1] or "").encode()


def _sheet(entry: Entry, here: str, text: str, faces: Sequence[tuple[FontFile, bytes]]) -> bytes:
    """Give a style sheet that lies at an address, with the fonts and colours it is written for."""
    tokens = "".join(f"--{key}:{value};" for key, value in entry.composer.colours().items())
    families = dict.fromkeys(font.family for font, _ in faces)
    stack = ", ".join((*(f'"{family}"' for family in families), "system-ui", "sans-serif"))
    drawing = f'url("{relpath(cover(entry), dirname(here))}")'
    sheet = [_face(entry, here, font) for font, _ in faces]
    sheet.append(f":root{{{tokens}--stack:{stack};--cover:{drawing};}}")
    return "\n".join([*sheet, what_counts(text)]).encode()


def _font_address(layout: str, lang: str, font: FontFile) -> str:
    family = font.family.lower().replace(" ", "-")
    return f"assets/{layout}-{lang}-{family}-{font.weight}.woff2"


def _face(entry: Entry, here: str, font: FontFile) -> str:
    address = relpath(_font_address(entry.layout, entry.lang, font), dirname(here))
    return (
        f'@font-face{{font-family:"{font.family}";font-weight:{font.weight};font-display:swap;'
        f'src:url("{address}") format("woff2")}}'
    )
