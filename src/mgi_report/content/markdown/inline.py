"""Step 1, load: markdown-it's inline tokens become nodes with places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from mgi_report.content.files import clean
from mgi_report.content.forms import SOURCE_KEY, wrong_language
from mgi_report.content.markdown.leftovers import left_over
from mgi_report.content.markdown.looks import LookUp
from mgi_report.content.markdown.syntax import VARIABLE, parser
from mgi_report.content.model import (
    Citation,
    CrossReference,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    NoteCall,
    Phrase,
    SourceLink,
    Strong,
    Text,
    Variable,
)
from mgi_report.content.places import Offsets
from mgi_report.content.walk import says_nothing
from mgi_report.content.words import without_scheme
from mgi_report.diagnostics import Diagnostic, Rule, Span, nearest
from mgi_report.layout.model import Looks

MAX_DEPTH = 12
"""Emphasis, phrases and links inside each other."""

_KEY = re.compile(rf"@({SOURCE_KEY.pattern})")
_SOURCE_TO_COME = "@?"
"""Cites a source that is still looked for; printed as it stands, so that nobody forgets it."""
_CITED_KEY = re.compile(rf"\s*{_KEY.pattern}\s*")
_NOTE_LABEL = re.compile(r"[^\s\[\]^]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def read_text_with_markup(
    text: str, places: Offsets, found: list[Diagnostic], looks: Looks | None
) -> tuple[Inline, ...]:
    """Read a text without blocks."""
    try:
        tokens = parser().inline.parse(text, parser(), {}, [])
    except RecursionError:
        found.append(too_deep(places.start))
        return ()
    reader = InlineReader(found, looks)
    result = reader.read(tokens, places)
    if result.attributes:
        reader.lost_attributes(result.attributes, places)
    return result.kids


def too_deep(span: Span) -> Diagnostic:
    """Say that something is nested too deeply."""
    message = "This is nested too deeply to be read."
    return Diagnostic(Rule.MARKDOWN_PARSES, message, span, "Write it with fewer levels.")


@dataclass(slots=True)
class InlineResult:
    """What the tokens of one block hold."""

    kids: tuple[Inline, ...]
    attributes: Token | None = None
    """`{…}` at the very end, after a space: a heading's."""


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet."""

    token: Token | None
    kids: list[Inline] = field(default_factory=list)


class InlineReader:
    """Reads the tokens of one block after the other; gathers what is wrong in `found`."""

    def __init__(self, found: list[Diagnostic], looks: Looks | None) -> None:
        self.found = found
        self._look_up = LookUp(looks, found)
        self._places = Offsets("", ())
        self._open: list[_Open] = []
        self._has_html = False

    def read(
        self, tokens: Sequence[Token], places: Offsets, *, is_paragraph: bool = False
    ) -> InlineResult:
        """Turn a block's inline tokens into nodes."""
        self._places, self._open = places, [_Open(None)]
        self.found += left_over(tokens, places, is_paragraph=is_paragraph)
        # Of "**" a text without characters is left behind the element.
        tokens = [token for token in tokens if token.type != "text" or token.content]
        attributes = None
        for index, token in enumerate(tokens):
            if token.nesting > 0:
                self._open.append(_Open(token))
                if len(self._open) == MAX_DEPTH + 1:
                    self._wrong(token, f"This is nested more than {MAX_DEPTH} deep.")
            elif token.nesting < 0:
                self._close()
            elif token.type != "attributes":
                self._leaf(token)
            elif index and tokens[index - 1].type in _MAY_HAVE_ATTRIBUTES:
                self._attach(token)
            elif index == len(tokens) - 1 and len(self._open) == 1:
                attributes = token
            else:
                self._lost(token)
        return InlineResult(_trimmed(self._open[0].kids), attributes)

    def lost_attributes(self, token: Token, places: Offsets) -> None:
        """Report attributes that belong to nothing."""
        self._places = places
        self._lost(token)

    # --- Leaves -----------------------------------------------------------------------------

    def _leaf(self, token: Token) -> None:
        span = self._span(token)
        match token.type:
            case "text":
                self._text(token, span)
            case "text_special":
                # "&#x202e;" has passed by what reads the file.
                shown = clean(token.content, lambda _: span)
                self.found += shown.diagnostics
                self._add(Text(shown.value, span))
            case "softbreak":
                self._add_space(span)
            case "hardbreak":
                self._add(LineBreak(span))
            case "variable":
                self._add(Variable(token.meta["name"], span))
            case "variable_address":
                inside = Span(span.file, span.line, span.column + 1)
                address = token.meta["text"]
                kids = (Variable(_variable_name(address), inside),)
                self._add_link(Link(address, kids, span, is_address=True), token)
            case "note_call":
                self._note_call(token, span)
            case "citation":
                self._citation(token)
            case "image":
                message = "A picture stands alone in its paragraph."
                self._wrong(token, message, "Leave an empty line above and below it.")
            case "code_inline":
                message = "Backticks mark program code, which a profile does not have."
                self._wrong(token, message, "Take them away, or type the quotation marks “ ”.")
                self._add(Text(token.content, span))
            case "html_inline":
                self._html(token)
            case _:
                self._wrong(token, f"A profile cannot hold this ({token.type}).")

    def _text(self, token: Token, span: Span) -> None:
        kids = self._open[-1].kids
        last = kids[-1] if kids else None
        if isinstance(last, Text) and span == _after(last):
            kids[-1] = replace(last, text=last.text + token.content)
        else:
            self._add(Text(token.content, span))

    def _add_space(self, span: Span) -> None:
        kids = self._open[-1].kids
        if kids and isinstance(last := kids[-1], Text):
            kids[-1] = replace(last, text=f"{last.text} ")
        else:
            self._add(Text(" ", span))

    def _note_call(self, token: Token, span: Span) -> None:
        label = token.meta["label"]
        if _NOTE_LABEL.fullmatch(label):
            self._add(NoteCall(label, span))
        else:
            message = f'The label of a footnote is one word, not "{label}".'
            self._wrong(token, message, "Write for example [^doctors].", Rule.VALUE_IS_VALID)

    def _citation(self, token: Token) -> None:
        # Offsets count from the character behind the opening bracket.
        text, at = token.meta["keys"], token.meta["at"] + 1
        if text == _SOURCE_TO_COME:
            self._add(Text(f"[{_SOURCE_TO_COME}]", self._places.at(at - 1)))
            return
        offset, last = 0, None
        for piece in text.split(";"):
            match = _CITED_KEY.fullmatch(piece)
            if match is None:
                hint = "Write [@key] or [@key; @key2]; pages or words go beside it, not inside."
                self._wrong(token, f'"[{text}]" is not a citation.', hint)
                return
            if last is not None:
                self._add(Text("; ", self._places.at(at + last)))
            self._add_link(
                Citation(match[1], self._places.at(at + offset + match.start(1) - 1)), token
            )
            last = offset + len(piece)
            offset = last + 1

    def _html(self, token: Token) -> None:
        # The end tag of what was reported already is no second error.
        if not (self._has_html and token.content.startswith("</")):
            message = f'HTML such as "{token.content[:40]}" is not allowed.'
            hint = r"Use Markdown: *emphasis*, **strong**; for the sign itself write \<."
            if token.content.startswith("<!--"):
                hint = "A comment has its lines to itself: put it above or below the paragraph."
            self._wrong(token, message, hint, Rule.NO_RAW_HTML)
        self._has_html = True

    # --- Elements ---------------------------------------------------------------------------

    def _close(self) -> None:
        closed = self._open.pop()
        token, kids = closed.token, tuple(closed.kids)
        if token is None or len(self._open) > MAX_DEPTH:
            self._open[-1].kids += kids
            return
        span = self._span(token)
        match token.type:
            case "em_open":
                self._add(Emphasis(kids, span))
            case "strong_open":
                # The second of the two asterisks is the one that became the element.
                self._add(Strong(kids, Span(span.file, span.line, span.column - 1)))
            case "span_open":
                self._add(Phrase(kids, span))
            case _:
                self._link(token, kids, span)

    def _link(self, token: Token, kids: tuple[Inline, ...], span: Span) -> None:
        href = str(token.attrs["href"])
        if token.info == "auto":
            if self._check_address(href, token):
                self._add_link(_printed_address(href, kids, span), token)
            else:
                self._open[-1].kids += kids
            return
        if says_nothing(kids):
            hint = "Put the words that lead there between the brackets."
            self._wrong(token, "The link has no words.", hint)
        if "title" in token.attrs:
            message = f'The words "{token.attrs["title"]}" behind the address are not printed.'
            self._wrong(token, message, "Take them away.")
        if key := _KEY.fullmatch(href):
            self._add_link(SourceLink(key[1], kids, span), token)
        elif href.startswith("#") and href[1:]:
            self._add_link(CrossReference(href[1:], kids, span), token)
        elif VARIABLE.fullmatch(href):
            self._add_link(Link(href, kids, span), token)
        elif self._check_address(href, token):
            self._add_link(Link(normalizeLink(href), kids, span), token)
        else:
            self._open[-1].kids += kids

    def _check_address(self, address: str, token: Token) -> bool:
        scheme = _SCHEME.match(address)
        if scheme is None:
            message = f'"{address}" is not an address.'
            hint = (
                "Write https://… for a page on the web, #section for a place in the profile, "
                "@key for a source."
            )
            self._wrong(token, message, hint, Rule.VALUE_IS_VALID)
            return False
        if scheme[1].lower() not in ("http", "https", "mailto"):
            message = f'A link cannot lead to a "{scheme[1]}:" address.'
            hint = "Addresses begin with https://, http:// or mailto:."
            self._wrong(token, message, hint, Rule.VALUE_IS_VALID)
            return False
        try:
            is_whole = bool(urlsplit(address).hostname) or scheme[1].lower() == "mailto"
        except ValueError:
            is_whole = False
        if not is_whole:
            self._wrong(token, f'The address "{address}" is not whole.', None, Rule.VALUE_IS_VALID)
        return is_whole

    def _add_link(self, node: Inline, token: Token) -> None:
        if any(each.token and each.token.type == "link_open" for each in self._open):
            message = "A link stands inside another link."
            self._wrong(token, message, "Close the first one before it.")
        self._add(node)

    # --- Attributes -------------------------------------------------------------------------

    def _attach(self, token: Token) -> None:
        kids = self._open[-1].kids
        attributes = dict(token.meta["attributes"])
        node = kids[-1] if kids else None
        known: tuple[str, ...] = ("lang",)
        if isinstance(node, Phrase):
            classes = tuple(str(attributes.pop("class", "")).split())
            self._look_up.words(token, self._places)
            kids[-1] = replace(node, lang=attributes.pop("lang", None), classes=classes)
        elif isinstance(node, (Emphasis, Strong)):
            kids[-1] = replace(node, lang=attributes.pop("lang", None))
        else:
            known = ()
        lang = token.meta["attributes"].get("lang")
        if lang and "lang" in known and (wrong := wrong_language(lang)):
            message, hint = wrong
            span = self._attribute_span(token, "lang")
            hint = hint.format("{lang=fr}")
            self.found.append(Diagnostic(Rule.VALUE_IS_VALID, message, span, hint))
        self.unknown_attributes(token, attributes, known, self._places)

    def unknown_attributes(
        self, token: Token, names: Iterable[str], known: Sequence[str], places: Offsets
    ) -> None:
        """Report attributes that mean nothing where they stand."""
        self._places = places
        for name in names:
            hint = nearest(name, known)
            if not hint:
                hint = f"Known here: {', '.join(known)}." if known else "Take it away."
            message = f'The attribute "{name}" is not known here.'
            span = self._attribute_span(token, name)
            self.found.append(Diagnostic(Rule.KEY_IS_KNOWN, message, span, hint))

    def attribute_spans(
        self, token: Token, names: Iterable[str], places: Offsets
    ) -> dict[str, Span]:
        """Give the places of attributes of a block."""
        self._places = places
        return {name: self._attribute_span(token, name) for name in names}

    def _attribute_span(self, token: Token, name: str) -> Span:
        text, value = token.meta["text"], token.meta["attributes"].get(name, "")
        sign = {"id": f"#{value}", "class": f".{value.split(' ')[0]}"}.get(name, f"{name}=")
        found = text.find(sign)
        return self._places.at(token.meta["at"] + max(found, 0))

    def _lost(self, token: Token) -> None:
        message = f"The attributes {token.meta['text']} belong to nothing."
        hint = (
            "They stand right behind what they are for: *word*{lang=fr}, [words]{lang=fr}; "
            "a heading's at its end; a paragraph's on the line above it."
        )
        self._wrong(token, message, hint)

    # --- Small things -----------------------------------------------------------------------

    def _add(self, node: Inline) -> None:
        self._open[-1].kids.append(node)

    def _span(self, token: Token) -> Span:
        return self._places.at(token.meta["at"])

    def _wrong(
        self,
        token: Token,
        message: str,
        hint: str | None = None,
        rule: Rule = Rule.MARKDOWN_PARSES,
    ) -> None:
        self.found.append(Diagnostic(rule, message, self._span(token), hint))


_MAY_HAVE_ATTRIBUTES = frozenset({"em_close", "strong_close", "span_close", "link_close"})


def _after(text: Text) -> Span:
    return Span(text.span.file, text.span.line, text.span.column + len(text.text))


def _variable_name(text: str) -> str:
    match = VARIABLE.fullmatch(text)
    return match[1] if match else ""


def _printed_address(address: str, kids: tuple[Inline, ...], span: Span) -> Link:
    """Make the link of `<https://…>`, which prints the address without its scheme."""
    first = kids[0]
    if isinstance(first, Text):
        printed = without_scheme(first.text)
        left_out = 1 + len(first.text) - len(printed)  # with the bracket
        kids = (Text(printed, Span(span.file, span.line, span.column + left_out)),)
    return Link(normalizeLink(address), kids, span, is_address=True)


def _trimmed(kids: Sequence[Inline]) -> tuple[Inline, ...]:
    """Take the space away that stood before a heading's attributes."""
    if kids and isinstance(last := kids[-1], Text):
        text = last.text.rstrip(" \t")
        return (*kids[:-1], replace(last, text=text)) if text else tuple(kids[:-1])
    return tuple(kids)
