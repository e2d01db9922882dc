"""The Markdown that profiles are written in, as rules of markdown-it.

CommonMark and tables, with Pandoc's footnotes, citations, attributes and boxes, and variables.
Each inline token carries in `meta["at"]` its offset in the block's text: markdown-it knows the
offset while it works but does not keep it.
"""

from __future__ import annotations

import re
from functools import cache
from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt, helpers
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, fence
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError
from mdit_py_plugins.attrs.parse import parse as parse_attributes
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

MAX_NESTING = 40
"""Blocks (and links) inside each other; deeper ones markdown-it leaves out."""

_AND_MAKE_TOKENS = False
"""What a rule is told when it should not only look."""

VARIABLE = re.compile(r"\{\{[ \t]*([A-Za-z][A-Za-z0-9.-]*)[ \t]*\}\}")
"""`{{ territory.name }}`."""
_LONGEST_ATTRIBUTES = 500
_VARIABLE_ADDRESS = re.compile(r"<(\{\{[ \t]*[A-Za-z][A-Za-z0-9.-]*[ \t]*\}\})>")
_TIGHT_HEADING = re.compile(r"(#{2,6})(?=[^\s#])")
_FENCE = re.compile(r"(```|~~~)")
_NOTE_CALL = re.compile(r"\[\^([^\]\n]{0,100})\]")
_CITATION = re.compile(r"\[(@[^\]\n]{0,1000})\](?!\()")


@cache
def parser() -> MarkdownIt:
    """Give the parser; one serves for any number of texts."""
    made = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    made.inline = _InlineWithPlaces()
    made.enable("table")
    # HTML is read inside paragraphs alone, so that it hides nothing of what stands behind it.
    # Underlined headings and link definitions mean something else to most editors; the reader
    # of the blocks says so where it meets them. Joining texts would lose their places.
    made.disable(
        ["html_block", "lheading", "reference", "strikethrough", "text_join", "fragments_join"]
    )
    # Addresses are judged where they are read, with their place.
    vars(made).update(
        validateLink=lambda _: True,
        normalizeLink=lambda address: address,
        normalizeLinkText=lambda address: address,
        helpers=SimpleNamespace(
            parseLinkLabel=helpers.parseLinkLabel,
            parseLinkTitle=helpers.parseLinkTitle,
            parseLinkDestination=_link_destination,
        ),
    )
    footnote_plugin(made, inline=False, move_to_end=False, always_match_refs=True)
    container_plugin(made, "box", validate=lambda _params, _markup: True)
    made.block.ruler.at("fence", _closed_fence, {"alt": ["paragraph", "blockquote", "list"]})
    made.block.ruler.before("fence", "attributes", _attributes_line)
    made.block.ruler.before("fence", "comment", _comment, {"alt": ["paragraph", "blockquote"]})
    made.block.ruler.before("heading", "tight_heading", _tight_heading)
    inline = made.inline.ruler
    inline.at("footnote_ref", _note_call)
    inline.before("link", "citation", _citation)
    inline.before("link", "span", _span)
    inline.before("autolink", "variable_address", _variable_address)
    inline.before("escape", "variable", _variable)
    inline.after("variable", "attributes", _attributes)
    return made


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
            if state.level >= MAX_NESTING or not any(
                rule(state, _AND_MAKE_TOKENS) for rule in rules
            ):
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

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = _StateWithPlaces(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


# --- Inline rules ---------------------------------------------------------------------------


def _match(
    state: StateInline,
    silent: bool,  # noqa: FBT001 - markdown-it's form; here and below
    pattern: re.Pattern[str],
    kind: str,
    name: str,
) -> bool:
    """Make a token of what a pattern finds here, its first group in `meta`."""
    match = pattern.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push(kind, "", 0).meta[name] = match[1]
    state.pos = match.end()
    return True


def _note_call(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    return _match(state, silent, _NOTE_CALL, "note_call", "label")


def _citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    return _match(state, silent, _CITATION, "citation", "keys")


def _variable(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    return _match(state, silent, VARIABLE, "variable", "name")


def _variable_address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    return _match(state, silent, _VARIABLE_ADDRESS, "variable_address", "text")


def _attributes(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Read `{#id .class key=value}`; what it belongs to is decided later, with its place."""
    if state.src[state.pos] != "{" or state.src.startswith("{{", state.pos):
        return False
    text = state.src[state.pos : min(state.posMax, state.pos + _LONGEST_ATTRIBUTES)]
    try:
        end, attributes = parse_attributes(text)
    except ParseError:
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.meta.update(attributes=attributes, text=text[: end + 1])
    state.pos += end + 1
    return True


def _span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Read the `[words]` of `[words]{lang=fr}`."""
    if state.src[state.pos] != "[":
        return False
    start, maximum = state.pos, state.posMax
    end = state.md.helpers.parseLinkLabel(state, start)
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


def _closed_fence(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Read program code that is closed; what is not would swallow the rest of the file."""
    opening = _FENCE.match(_line(state, line))
    closing = re.compile(rf"{opening[1]}+$") if opening else None
    is_closed = closing is not None and any(
        closing.match(_line(state, number)) for number in range(line + 1, end)
    )
    return is_closed and fence(state, line, end, silent)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


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


def _comment(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Pass over a comment that has its lines to itself; of one that is not closed, no line."""
    first = _line(state, line)
    if state.is_code_block(line) or not first.startswith("<!--"):
        return False
    lines = range(line, end)
    last = next((number for number in lines if "-->" in _line(state, number)), line)
    text = "\n".join(_line(state, number) for number in range(line, last + 1))
    if not text.endswith("-->") or text.count("<!--") > 1:  # a second one: this is not closed
        return False
    if not silent:
        state.line = last + 1
    return True


def _tight_heading(state: StateBlock, line: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    """Read "##Words" as the heading that is meant; the reader of the blocks tells of the space."""
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    match = _TIGHT_HEADING.match(text)
    if match is None or state.is_code_block(line):
        return False
    if not silent:
        state.line = line + 1
        tag = f"h{len(match[1])}"
        token = state.push("heading_open", tag, 1)
        token.map, token.meta = [line, line + 1], {"tight": True}
        inline = state.push("inline", "", 0)
        inline.map, inline.children = [line, line + 1], []
        inline.content = text[match.end() :].strip()
        state.push("heading_close", tag, -1)
    return True
