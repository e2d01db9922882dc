"""Step 1, load: the Markdown that profiles are written in, as rules of markdown-it.

CommonMark and tables, with Pandoc's footnotes, citations, attributes and boxes, and variables.
Each inline token carries in `meta["at"]` its offset in the block's text: markdown-it knows the
offset while it works but does not keep it.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt, helpers
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError
from mdit_py_plugins.attrs.parse import parse as parse_attributes
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

MAX_NESTING = 40
"""Blocks (and links) inside each other; deeper ones markdown-it leaves out."""

VARIABLE = re.compile(r"\{\{[ \t]*([A-Za-z][A-Za-z0-9.-]*)[ \t]*\}\}")
"""`{{ territory.name }}`."""
_LONGEST_ATTRIBUTES = 500
_VARIABLE_ADDRESS = re.compile(r"<(\{\{[ \t]*[A-Za-z][A-Za-z0-9.-]*[ \t]*\}\})>")
_NOTE_CALL = re.compile(r"\[\^([^\]\n]{0,100})\]")
_CITATION = re.compile(r"\[(@[^\]\n]{0,1000})\](?!\()")


def make_parser() -> MarkdownIt:
    """Make a parser; one serves for any number of texts."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    parser.inline = _InlineWithPlaces()
    parser.enable("table")
    # Underlined headings and link definitions mean something else to most editors; the reader
    # of the blocks says so where it meets them. Joining texts would lose their places.
    parser.disable(["lheading", "reference", "text_join", "fragments_join"])
    # Addresses are judged where they are read, with their place.
    vars(parser).update(
        validateLink=lambda _: True,
        normalizeLink=lambda address: address,
        normalizeLinkText=lambda address: address,
        helpers=SimpleNamespace(
            parseLinkLabel=helpers.parseLinkLabel,
            parseLinkTitle=helpers.parseLinkTitle,
            parseLinkDestination=_link_destination,
        ),
    )
    footnote_plugin(parser, inline=False, move_to_end=False, always_match_refs=True)
    container_plugin(parser, "box", validate=lambda _params, _markup: True)
    parser.block.ruler.before("fence", "attributes", _attributes_line)
    inline = parser.inline.ruler
    inline.at("footnote_ref", _note_call)
    inline.before("link", "citation", _citation)
    inline.before("link", "span", _span)
    inline.before("autolink", "variable_address", _variable_address)
    inline.before("escape", "variable", _variable)
    inline.after("variable", "attributes", _attributes)
    return parser


class _StateWithPlaces(StateInline):
    """Remembers where the text begins that has not become a token yet."""

    pending_at = 0

    def append_pending(self, text: str) -> None:
        if not self.pending:
            self.pending_at = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802 - markdown-it's name
        token = super().pushPending()
        token.meta["at"] = self.pending_at
        return token


class _InlineWithPlaces(ParserInline):
    """Marks each token that a rule makes with the offset at which the rule began."""

    def tokenize(self, state: StateInline) -> None:
        rules = self.ruler.getRules("")
        while state.pos < state.posMax:
            start, first = state.pos, len(state.tokens)
            if state.level >= MAX_NESTING or not any(rule(state, False) for rule in rules):
                state.append_pending(state.src[state.pos])
                state.pos += 1
            texts = 0
            for token in state.tokens[first:]:
                if "at" not in token.meta:
                    # Of "**", and of an address in angle brackets, the parts follow one another.
                    token.meta["at"] = start + texts
                    texts += token.type == "text"
        if state.pending:
            state.pushPending()

    def parse(
        self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]
    ) -> list[Token]:
        state = _StateWithPlaces(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


# --- Inline rules ---------------------------------------------------------------------------


def _push(state: StateInline, kind: str, silent: bool, length: int, **meta: object) -> bool:  # noqa: FBT001
    if not silent:
        state.push(kind, "", 0).meta.update(meta)
    state.pos += length
    return True


def _note_call(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    match = _NOTE_CALL.match(state.src, state.pos, state.posMax)
    return bool(match) and _push(state, "note_call", silent, len(match[0]), label=match[1])


def _citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    match = _CITATION.match(state.src, state.pos, state.posMax)
    return bool(match) and _push(state, "citation", silent, len(match[0]), keys=match[1])


def _variable(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    match = VARIABLE.match(state.src, state.pos, state.posMax)
    return bool(match) and _push(state, "variable", silent, len(match[0]), name=match[1])


def _variable_address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    match = _VARIABLE_ADDRESS.match(state.src, state.pos, state.posMax)
    return bool(match) and _push(state, "variable_address", silent, len(match[0]), text=match[1])


def _attributes(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Read `{#id .class key=value}`; what it belongs to is decided later, with its place."""
    if state.src[state.pos] != "{" or state.src.startswith("{{", state.pos):
        return False
    text = state.src[state.pos : min(state.posMax, state.pos + _LONGEST_ATTRIBUTES)]
    try:
        end, attributes = parse_attributes(text)
    except ParseError:
        return False
    return _push(state, "attributes", silent, end + 1, attributes=attributes, text=text[: end + 1])


def _span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Read the `[words]` of `[words]{lang=fr}`."""
    if state.src[state.pos] != "[":
        return False
    start, maximum = state.pos, state.posMax
    end = state.md.helpers.parseLinkLabel(state, start, False)
    after = state.src[end + 1 : end + 3] if 0 <= end < maximum else ""
    if not after.startswith("{") or after == "{{":
        return False
    if not silent:
        state.pos, state.posMax = start + 1, end
        state.push("span_open", "span", 1)
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    state.pos, state.posMax = end + 1, maximum
    return True


def _link_destination(text: str, position: int, maximum: int) -> Any:
    """Let the address of a link be a variable, which holds spaces."""
    if match := VARIABLE.match(text, position, maximum):
        return SimpleNamespace(ok=True, pos=match.end(), str=match[0])
    return helpers.parseLinkDestination(text, position, maximum)


# --- Block rules ----------------------------------------------------------------------------


def _attributes_line(state: StateBlock, line: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    """Read a line of attributes, which belong to the block below it."""
    start = state.bMarks[line] + state.tShift[line]
    text = state.src[start : state.eMarks[line]].rstrip()
    if state.is_code_block(line) or not text.startswith("{") or text.startswith("{{"):
        return False
    try:
        end, attributes = parse_attributes(text)
    except ParseError:
        return False
    if end + 1 != len(text):
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.map = [line, line + 1]
        token.meta = {"attributes": attributes, "text": text}
        state.line = line + 1
    return True
