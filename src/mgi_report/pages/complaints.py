"""Step 4, typeset: what WeasyPrint complains of becomes diagnostics with a place.

WeasyPrint logs errors and warnings as text, and at the level debug what it drops without a word.
None of it is lost here: what is not known by its form breaks `typesetting-is-silent`.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mgi_report.diagnostics import Diagnostic, Rule, Span
from mgi_report.pages.fetching import Fetcher, written
from mgi_report.pages.model import Section, StyleSheet
from mgi_report.pages.placing import at_phrase, at_words, in_block, in_templates
from mgi_report.pages.tokens import undefined, uses

_PLACE = re.compile(r" at (\d+):(\d+)")
_DECLARATION = re.compile(r"^(?:Ignored|Deprecated|Invalid) `([^`]*)`")
_SELECTOR = re.compile(r"^Invalid or unsupported selector, '(.*?)'(?:, (.*))?$", re.DOTALL)
_NO_MEDIA = "Expected a media type, got "
"""Comes without a place before what `_MEDIA` matches."""
_STRAY = re.compile(r"(?:Stop token|EOF) reached before \{\} block")
"""What it says of a declaration without a colon, and of what stands outside of rules."""
_MEDIA = re.compile(r"^Invalid media type '(.*?)' the whole @media rule", re.DOTALL)
_OPEN_TEXT = "[bad string]"
"""Stands in what it says of a text that does not end on its line."""
_MISSING_GLYPH = re.compile(r"^\.notdef glyph rendered .*\(U\+([0-9A-F]+)\)$", re.DOTALL)
_NOT_LOADED = re.compile(r"^Failed to load (?:image|stylesheet|attachment) at '?(.*?)'? ?: ")
UNTIED = {0xA0: " ", 0x202F: " ", 0x2060: None, 0x200B: None, 0xAD: None}
"""For `str.translate`: takes away from words what ties or parts them."""
_ABOUT_WORDS = frozenset({Rule.TEXT_FITS_ITS_BOX, Rule.TEXT_CAN_BE_READ})
"""Rules that words break; others are broken by templates and style sheets."""
_COMMENT_OR_TEXT = r"""/\*.*?(?:\*/|$)|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'"""
_REFUSED = re.compile(
    rf"""{_COMMENT_OR_TEXT}|(@import\b(?:{_COMMENT_OR_TEXT}|url\([^)]*\)|[^;{{}}"'])*;?)|"""
    rf"""(@font-face\b(?:{_COMMENT_OR_TEXT}|[^{{}}"'])*(?:\{{(?:{_COMMENT_OR_TEXT}|[^}}"'])*\}}?)?)""",
    re.DOTALL | re.IGNORECASE,
)
_FONT_FILE = re.compile(r"^Failed to load font at '(.*?)'(?: \(|$)")
_FONT_NOT_LOADED = re.compile(r"^Font-face '.*' cannot be loaded$")
_NO_FONT_FACE = "{} cannot bring a font with @font-face."
_FONTS_ARE_LISTED = "List the font's file in layout.yml, under fonts, and take this away."
_SILENT = re.compile(r"^(?:Error while loading|Error while rendering|Original exception)")
"""Tracebacks that follow a message of their own."""


class Listener(logging.Handler):
    """Collects what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []
        self.missing: dict[Any, list[str]] = {}
        """HTML element → its characters that no font has a glyph for."""
        self.drawing: Any = None
        """The HTML element that is being drawn."""

    def emit(self, record: logging.LogRecord) -> None:
        """Take a message; of progress none are taken."""
        message = record.getMessage()
        if glyph := _MISSING_GLYPH.match(message):
            characters = self.missing.setdefault(self.drawing, [])
            if (character := chr(int(glyph[1], 16))) not in characters:
                characters.append(character)
        elif not _SILENT.match(message) and message not in self.messages:
            self.messages.append(message)


def of_style_sheet(messages: Sequence[str], sheet: StyleSheet) -> tuple[Diagnostic, ...]:
    """Say what is wrong with a style sheet, from what was logged while it was parsed."""
    found = tuple(
        _of_media(media[1], message, sheet)
        if (media := _MEDIA.match(message))
        else _of_stray(message, sheet)
        if _STRAY.search(message)
        else _of_rule(message, sheet)
        for message in messages
        if not message.startswith(_NO_MEDIA)
    )
    opened = _left_open(sheet.text)
    if opened is None:
        return found
    message = "What opens here is not closed, and what stands below it is lost."
    hint = "Close it: a rule with }, a comment with */."
    span = _span_at(sheet, opened)
    return (Diagnostic(Rule.STYLE_IS_UNDERSTOOD, message, span, hint), *found)


def _of_rule(message: str, sheet: StyleSheet) -> Diagnostic:
    hint = "Close the text with its quotation mark on the line that it begins on."
    span = _span_in(message, sheet)
    is_open = _OPEN_TEXT in message
    said = _sentence(message.replace(_OPEN_TEXT, ""))
    return Diagnostic(Rule.STYLE_IS_UNDERSTOOD, said, span, hint if is_open else None)


def _of_media(written: str, message: str, sheet: StyleSheet) -> Diagnostic:
    said = f"@media {' '.join(written.replace('/**/', ' ').split())}"
    text = f'"{said}" names no kind of device, so what stands in it is not used.'
    hint = "Write @media print, or the rules alone: all that is made here is printed."
    return Diagnostic(Rule.STYLE_IS_UNDERSTOOD, text, _span_in(message, sheet), hint)


def _of_stray(message: str, sheet: StyleSheet) -> Diagnostic:
    """Say what is neither a declaration nor a rule; the parser tells of it at its end."""
    end = _span_in(message, sheet)
    rows = sheet.text.split("\n")
    before = "\n".join([*rows[: end.line - 1], rows[end.line - 1][: end.column]])
    words = re.split(r"[{};]", before.rstrip(" ;}\n"))[-1].strip()
    text = f'"{" ".join(words.split())}" is not understood, and is not used.'
    hint = "A declaration has a colon, as color: red; and a rule has braces, as p { color: red; }."
    span = _span_at(sheet, before.rindex(words))
    return Diagnostic(Rule.STYLE_IS_UNDERSTOOD, text, span, hint)


_OPENS = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|/\*|[{}]""", re.DOTALL)


def _left_open(text: str) -> int | None:
    """Find the comment, or the outermost brace, that stays open to the end.

    CSS closes all at its end and says nothing (CSS Syntax Level 3, 5.4.8); so does the parser.
    """
    opened: list[int] = []
    for match in _OPENS.finditer(text):
        if match[0] == "/*":
            return match.start()
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and opened:
            opened.pop()
    return opened[0] if opened else None


def _span_in(message: str, sheet: StyleSheet) -> Span:
    if place := _PLACE.search(message):
        return Span(sheet.path, int(place[1]), int(place[2]))
    if selector := _SELECTOR.match(message):
        offset = sheet.text.find(selector[1].strip())
        if offset >= 0:
            return _span_at(sheet, offset)
    return Span(sheet.path)


def _span_at(sheet: StyleSheet, offset: int) -> Span:
    before = sheet.text[:offset]
    return Span(sheet.path, before.count("\n") + 1, offset - before.rfind("\n"))


def without_loading(sheet: StyleSheet) -> tuple[str, tuple[Diagnostic, ...]]:
    """Refuse each `@import` and `@font-face`, and put spaces in its place.

    WeasyPrint garbles what it says of the one, and says nothing of the other: the layout's fonts
    are those of layout.yml.

    Gives the style sheet's text, in which all else stands where it stood.
    """
    found = []

    def blank(match: re.Match[str]) -> str:
        span = _span_at(sheet, match.start())
        if match[1]:
            message = f"A style sheet cannot import another: {' '.join(match[1].split())}"
            hint = "List the style sheet in layout.yml, under styles."
            found.append(Diagnostic(Rule.STYLE_IS_UNDERSTOOD, message, span, hint))
        elif match[2]:
            message = _NO_FONT_FACE.format("A style sheet")
            found.append(Diagnostic(Rule.FONT_IS_BUNDLED, message, span, _FONTS_ARE_LISTED))
        else:
            return match[0]
        return re.sub(r"[^\n]", " ", match[0])

    return _REFUSED.sub(blank, sheet.text), tuple(found)


def _sentence(message: str) -> str:
    """Leave the place out of a message and make it a sentence."""
    if message.startswith("@import rule"):
        return "A style element cannot import a style sheet: layout.yml lists the style sheets."
    plain = re.sub(r"\s+`,", "`,", " ".join(_PLACE.sub("", message).split())).rstrip(".")
    return f"{plain}."


def _unicode(character: str) -> str:
    """Name a character as Unicode does: U+4E2D CJK UNIFIED IDEOGRAPH-4E2D."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


class Origins:
    """Knows where the HTML elements of a section come from, in the way of `placing`."""

    def __init__(self, section: Section, parents: Mapping[Any, Any]) -> None:
        self._section = section
        self._parents = parents

    def block(self, element: Any) -> str | None:
        """Name the nearest block that an element stands in."""
        block = self.block_of(element)
        return None if block is None else str(block.get("data-block"))

    def block_of(self, element: Any) -> Any:
        """Give the HTML element of the nearest block that an element stands in, or None."""
        while element is not None and not element.get("data-block"):
            element = self._parents.get(element)
        return element

    def table_of(self, element: Any) -> Any:
        """Give the HTML element of the table that an element stands in, or None."""
        while element is not None and element.tag != "table":
            element = self._parents.get(element)
        return element

    def around(self, element: Any) -> Any:
        """Give the HTML element that an element stands in."""
        return self._parents[element]

    def span(self, element: Any) -> Span | None:
        """Give where an element comes from: its block's place, else the section's template."""
        block = self.block(element)
        if block is not None and block in self._section.blocks:
            return in_block(block)
        return Span(self._section.template) if self._section.template else None

    def span_of_words(self, element: Any) -> Span | None:
        """Give where the words of an element come from: its block's place, else the words' own."""
        if self.block(element) in self._section.blocks:
            return self.span(element)
        return at_phrase("".join(element.itertext()).translate(UNTIED))

    def of_words(
        self, rule: Rule, element: Any, message: str, words: Iterable[str], hint: str | None = None
    ) -> Diagnostic:
        """Say what is wrong with the first of some words that an element brings."""
        block = self.block(element)
        span = at_words(block if block in self._section.blocks else None, words)
        return Diagnostic(rule, message, span, hint)

    def diagnostic(
        self, rule: Rule, element: Any, message: str, hint: str | None = None
    ) -> Diagnostic:
        """Say what is wrong with an element; name the section where no block says where."""
        of_words = rule in _ABOUT_WORDS and element is not None
        span = self.span_of_words(element) if of_words else self.span(element)
        if span is None or span.file == self._section.template:
            message = f'Section "{self._section.id}": {message}'
        return Diagnostic(rule, message, span, hint)


class Judge:
    """Turns what was logged while a section was typeset into diagnostics."""

    def __init__(self, section: Section, root: Any, origins: Origins, fetcher: Fetcher) -> None:
        self._section = section
        self._root = root
        self._origins = origins
        self._fetcher = fetcher
        self._undefined = undefined(section)

    def diagnostics(self, listener: Listener) -> list[Diagnostic]:
        """Say all that is wrong."""
        fonts = {match[1] for each in listener.messages if (match := _FONT_FILE.match(each))}
        found = [
            self.of_address(url, rule, message)
            for url, (rule, message) in self._fetcher.refused.items()
            if url not in fonts
        ]
        found += self._undefined.values()
        found += [one for message in listener.messages for one in self._of(message)]
        for element, characters in listener.missing.items():
            names = ", ".join(f'"{each}" ({_unicode(each)})' for each in sorted(characters))
            message = f"No font has a glyph for {names}."
            hint = "Write it with other characters, or give the layout a font that has these."
            words = sorted(characters)
            if picture := element.get("src"):
                message = f'The picture "{picture}" has text that no font has a glyph for: {names}.'
                hint = "Change it where the picture was drawn, or turn its text into paths there."
                words = [written(picture).rpartition("/")[2]]
            found.append(self._origins.of_words(Rule.GLYPH_EXISTS, element, message, words, hint))
        return found

    def of_address(self, url: str, rule: Rule, message: str, hint: str | None = None) -> Diagnostic:
        """Say what is wrong with what an address leads to, where the address is written."""
        address = written(url)
        for element in self._root.iter():
            if isinstance(element.tag, str) and address in element.attrib.values():
                words = [address, address.rpartition("/")[2]]
                return self._origins.of_words(rule, element, message, words, hint)
        for sheet in self._section.styles:
            offset = sheet.text.find(address)
            if offset >= 0:
                return Diagnostic(rule, message, _span_at(sheet, offset), hint)
        return Diagnostic(rule, message, in_templates(None, [re.escape(address)]), hint)

    def _of(self, message: str) -> list[Diagnostic]:
        if failed := _NOT_LOADED.match(message):
            url = failed[1]
            if url in self._fetcher.refused:
                return []
            message = f'"{written(url)}" cannot be read.'
            return [self.of_address(url, Rule.PICTURE_EXISTS, message)]
        if _FONT_NOT_LOADED.match(message):
            text, span = _NO_FONT_FACE.format("A template"), in_templates(None, [r"@font-face\b"])
            return [Diagnostic(Rule.FONT_IS_BUNDLED, text, span, _FONTS_ARE_LISTED)]
        if _FONT_FILE.match(message):
            return []  # told with its rule
        if declaration := _DECLARATION.match(message):
            found = self._of_declaration(declaration[1], message)
            return [] if self._uses_undefined(found.span) else [found]
        sought = [re.escape(selector[1].strip())] if (selector := _SELECTOR.match(message)) else []
        rule = Rule.STYLE_IS_UNDERSTOOD if sought else Rule.TYPESETTING_IS_SILENT
        return [Diagnostic(rule, _sentence(message), in_templates(None, sought))]

    def _uses_undefined(self, span: Span | None) -> bool:
        """Tell whether the declaration at a place has been told of by the name that it uses."""
        for sheet in self._section.styles:
            if span and span.file == sheet.path:
                row = sheet.text.split("\n")[span.line - 1][span.column - 1 :]
                return not self._undefined.keys().isdisjoint(uses(re.split("[;}]", row)[0]))
        return False

    def _of_declaration(self, declaration: str, message: str) -> Diagnostic:
        """Find the declaration in a style attribute, or in the style sheet of its place.

        What is in no style sheet stands in a template, as it was written or to be filled in.
        """
        rule, text = Rule.STYLE_IS_UNDERSTOOD, _sentence(message)
        name, _, value = (part.strip() for part in declaration.partition(":"))
        begin = rf"(?<![\w-]){re.escape(name)}\s*:"
        sought = (rf"{begin}\s*{re.escape(value)}", rf"{begin}[^;\"]*\{{\{{", begin)
        place = _PLACE.search(message)
        line, column = (int(place[1]), int(place[2])) if place else (1, 1)
        for element in self._root.iter():
            style = element.get("style") if isinstance(element.tag, str) else None
            rows = style.split("\n") if style else []
            if len(rows) >= line and rows[line - 1][column - 1 :].startswith(name):
                return Diagnostic(rule, text, in_templates(self._origins.block(element), sought))
        for sheet in self._section.styles:
            rows = sheet.text.split("\n")
            # A value that holds a variable is complained of at the value.
            if (
                len(rows) >= line
                and len(rows[line - 1]) >= column
                and (rows[line - 1][column - 1 :].startswith(name) or f"{name}:" in rows[line - 1])
            ):
                return Diagnostic(rule, text, Span(sheet.path, line, column))
        return Diagnostic(rule, text, in_templates(None, sought))
